using System.Net;
using Trama.Fleet.Browsing;
using Trama.Fleet.Holding;
using Trama.Fleet.Joining;
using Trama.Fleet.Sending;
using Trama.Fleet.Sketches;
using Trama.Fleet.Storing;
using Trama.Fleet.Tickets;
using Trama.Rows.Journals;
using Trama.Rows.Tables;
using ZstdSharp;

namespace Trama.Web.Tests;

/// <summary>
/// A hub's store whose page is served: two sensors saw a connection with a loss, of which both sent their headers, and one that is open;
/// one of them talks to another service, too.
/// </summary>
internal sealed class ServedHub : IAsyncDisposable
{
    public const string Client = "172.20.46.236", Server = "192.0.2.119:12345", Hostile = "<img src=x onerror=alert(1)>";

    private readonly string _folder = Directory.CreateTempSubdirectory("trama-test-").FullName;
    private readonly PartitionStore _store;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _following;
    private long _sequence;

    private ServedHub()
    {
        _store = PartitionStore.Take(_folder, 0, new Lease(1, 1), new StoreLimits(), (_, _) => { }, TimeProvider.System);
        Write();
        Hub = new BrowsedHub(_folder, TimeSpan.FromDays(1));
        Hub.Open();
        Web = new PageServer(new HubAnswers(Hub), new PageOptions(new IPEndPoint(IPAddress.Loopback, 0)));
        _following = Task.Run(() => Hub.Follow(_stop.Token));
    }

    public BrowsedHub Hub { get; }

    public PageServer Web { get; }

    /// <summary>The pair of which headers are there.</summary>
    public Pair Drawn { get; } = PairOf(1, "packet-loss", isEarly: false);

    /// <summary>The pair of which nobody asked.</summary>
    public Pair Other { get; } = PairOf(2, "", isEarly: true);

    /// <summary>The address that a browser is given.</summary>
    public string Link => $"{Web.Address}#key={Web.Token.Secret}";

    private static long Now => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    public static async Task<ServedHub> StartAsync()
    {
        var served = new ServedHub();
        await served.Web.StartAsync();
        return served;
    }

    /// <summary>Asks, as the page does.</summary>
    public async Task<HttpResponseMessage> AskAsync(string question, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient { BaseAddress = Web.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/" + question);
        if (!headers.Any(header => header.Name == "Trama-Token")) request.Headers.Add("Trama-Token", Web.Token.Secret);
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>What a hub does with what was asked: both sensors answer.</summary>
    public bool Answer()
    {
        var asked = new AskedPairs(_folder);
        foreach (Pair pair in asked.Take())
        {
            Keep(pair);
            asked.Done(pair);
            return pair.Name == Other.Name;
        }

        return false;
    }

    /// <summary>More exchanges come.</summary>
    public void Sketch(string sensor, string client, string server, string operation, long count, long failed)
    {
        var took = new LatencySketch();
        took.Add(12_000_000, Math.Max(1, count));
        Add(sensor, FleetTable.Sketches, table =>
        {
            table.Add(Now);
            table.AddName(server);
            table.AddName(client);
            table.AddName(operation);
            table.Add(count);
            table.Add(failed);
            table.Add(took.SumNs);
            table.AddName(took.ToString());
            table.EndRow();
        });
        _store.Commit();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        await Web.DisposeAsync();
        _store.Dispose();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Pair PairOf(long connection, string finding, bool isEarly)
    {
        Ticket End(string sensor) => new()
        {
            Sensor = sensor,
            Connection = connection,
            RunAt = 7,
            Client = $"{Client}:{38392 + connection}",
            Server = Server,
            OpenedAt = Now,
            LastAt = Now + 1_000_000_000,
            Severity = finding.Length > 0 ? 1 : null,
            Finding = finding,
            IsEarly = isEarly,
        };
        return Pair.Of(TicketKind.Numbers, End("web"), End("db"));
    }

    private void Write()
    {
        Sketch("web", Client, Server, "POST /orders", 1200, 0);
        Sketch("web", "10.0.0.7", "192.0.2.80:443", Hostile, 300, 30);
        Sketch("web", "10.0.0.8", "192.0.2.80:443", "GET /health", 50, 0);
        foreach (Pair pair in (Pair[])[Drawn, Other]) Add("", FleetTable.Pairs, table => pair.Write(Now, table));
        Add("", FleetTable.Verdicts, table =>
        {
            table.Add(Now);
            foreach (Ticket end in (Ticket[])[Drawn.One, Drawn.Other])
            {
                table.AddName(end.Sensor);
                table.Add(end.Connection);
                table.Add(end.RunAt);
            }

            foreach (string text in (string[])[Drawn.One.Client, Server, "packet-loss", "network", "warning", "certain"])
                table.AddName(text);
            table.Add(5);
            table.Add(1);
            table.AddName("1 segment was lost on the way");
            table.AddName("");
            table.EndRow();
        });
        Row("findings", new()
        {
            ["connection"] = 1L,
            ["runAt"] = 7L,
            ["client"] = Drawn.One.Client,
            ["server"] = Server,
            ["id"] = "packet-loss",
            ["party"] = "network",
            ["severity"] = "warning",
            ["text"] = Hostile,
            ["happenedAt"] = Now,
        });
        Row("exchanges", new()
        {
            ["connection"] = 1L,
            ["runAt"] = 7L,
            ["client"] = Drawn.One.Client,
            ["server"] = Server,
            ["operation"] = "POST /orders",
            ["group"] = "POST /orders",
            ["status"] = "201",
            ["replyFirstAt"] = Now,
            ["totalNs"] = 1_500_000_000L,
            ["happenedAt"] = Now,
        });
        Add("web", FleetTable.Gaps, table =>
        {
            table.Add(Now);
            table.Add(Now);
            table.AddName("exchanges");
            table.Add(17);
            table.EndRow();
        });
        _store.Commit();
        Keep(Drawn);
    }

    private void Row(string name, Dictionary<string, object> values)
    {
        FleetTable table = FleetTable.All.First(one => one.Name == name);
        Add("web", table, output =>
        {
            foreach (Column column in table.Columns)
            {
                object? value = values.GetValueOrDefault(column.Name);
                if (column.Kind == ColumnKind.Text) output.AddName(value as string ?? "");
                else if (column.Kind == ColumnKind.Flag) output.Add((bool?)null);
                else output.Add(value as long?);
            }

            output.EndRow();
        });
    }

    private void Add(string sensor, FleetTable table, Action<TableOutput> write)
    {
        var rows = new MemoryStream();
        write(new JournalTable(0, row => rows.Write(row.Span)));
        var message = new FleetMessage(9, 0, ++_sequence, table.Kind, 1, FleetMessage.BodyOf(table, rows.ToArray()));
        Assert.True(_store.Add(new HeldMessage(sensor, 77, (ulong)_sequence, Now, message.ToBytes()), message));
    }

    private void Keep(Pair pair)
    {
        using var zstd = new Compressor(1);
        byte[] Of(string name) => zstd.Wrap(File.ReadAllBytes(TestData.Shared("faults/packet-loss/single-1/" + name))).ToArray();
        new KeptDigests(_folder).Keep(pair.Name, Of("client.pcap"), Of("server.pcap"));
    }
}
