using Trama.Fleet.Holding;
using Trama.Fleet.Sending;
using Trama.Fleet.Sketches;
using Trama.Fleet.Storing;
using Trama.Fleet.Tests;
using Trama.Rows.Journals;
using Trama.Rows.Tables;
using Trama.Rows.Tests;

namespace Trama.Hub.Tests;

/// <summary>What the lists and the page say of a store, part of which is tables.</summary>
public sealed class ListTests : IClassFixture<InstalledDuckdb>, IDisposable
{
    private static readonly long s_now = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    private readonly TemporaryFolder _folder = new();
    private long _sequence;

    public ListTests(InstalledDuckdb duckdb) => Assert.NotNull(duckdb);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_fails_comes_first_and_what_both_ends_saw_counts_once()
    {
        Store();
        Assert.Equal(["10.0.0.1 > 10.0.0.2:443  GET /orders  10  5 failed  9.8 ms  9.8 ms",
            "10.0.0.1 > 10.0.0.3:443  <b>&  300  0 failed  9.8 ms  9.8 ms"], List("services"));
        Assert.Equal(2, List("sensors").Count(line => line.Contains(" rows", StringComparison.Ordinal)));
        Assert.Contains("db#2 = web#1  10.0.0.1:5000 > 10.0.0.2:443  packet-loss (network): <i>lost</i>", Assert.Single(List("verdicts")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_tells_of_no_longer_than_it_is_asked()
    {
        Store();
        Assert.Equal(["10.0.0.1 > 10.0.0.3:443  <b>&  300  0 failed  9.8 ms  9.8 ms"], List("services", "--last", "30m"));
    }

    [Fact]
    public void The_page_draws_who_talks_to_whom_and_nothing_that_was_said_is_markup()
    {
        Store();
        string page = string.Join('\n', List("page"));
        Assert.Contains("<title>10.0.0.1 → 10.0.0.2:443: 10, 5 failed</title>", page, StringComparison.Ordinal);
        Assert.Matches("<path class=\"bad\" [^>]*><title>10.0.0.1 → 10.0.0.2:443", page);
        Assert.Matches("<path class=\"\" [^>]*><title>10.0.0.1 → 10.0.0.3:443", page);
        Assert.Matches("<details id=\"([0-9A-F]{16})\" open><summary>10.0.0.1 → 10.0.0.2:443</summary>\n<ul class=\"bad\">\n<li>[^\n]*packet-loss",
            page);
        Assert.Contains("&lt;b&gt;&amp;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    private string[] List(string name, params string[] more) =>
        [.. TestHub.List(name, _folder["store"], more).Where(line => line.Length > 0)];

    // An hour ago two sensors saw the same exchanges, of which tables are made; one saw others just now.
    private void Store()
    {
        using PartitionStore store = PartitionStore.Take(_folder["store"], 0, new Lease(1, 1), new StoreLimits(), (_, _) => { },
            TimeProvider.System);
        const long hour = 3_600_000_000_000;
        AddSketch(store, "web", s_now - hour, "10.0.0.2:443", "GET /orders", 10, 5);
        AddSketch(store, "db", s_now - hour, "10.0.0.2:443", "GET /orders", 9, 5);
        Add(store, "", s_now - hour, FleetTable.Verdicts, table =>
        {
            table.Add(s_now - hour);
            foreach ((string sensor, long connection) in ((string, long)[])[("db", 2), ("web", 1)])
            {
                table.AddName(sensor);
                table.Add(connection);
                table.Add(7);
            }

            foreach (string text in (string[])["10.0.0.1:5000", "10.0.0.2:443", "packet-loss", "network", "warning", "certain"])
                table.AddName(text);
            table.Add(5);
            table.Add(1);
            table.AddName("<i>lost</i>");
            table.AddName("");
        });
        store.Commit();
        store.Finish(all: true);
        AddSketch(store, "web", s_now, "10.0.0.3:443", "<b>&", 300, 0);
        store.Commit();
    }

    private void AddSketch(PartitionStore store, string sensor, long arrivedAt, string server, string operation, long count, long failed) =>
        Add(store, sensor, arrivedAt, FleetTable.Sketches, table =>
        {
            var took = new LatencySketch();
            took.Add(10_000_000, count);
            table.Add(arrivedAt);
            table.AddName(server);
            table.AddName("10.0.0.1");
            table.AddName(operation);
            table.Add(count);
            table.Add(failed);
            table.Add(took.SumNs);
            table.AddName(took.ToString());
        });

    private void Add(PartitionStore store, string sensor, long arrivedAt, FleetTable table, Action<TableOutput> write)
    {
        var rows = new MemoryStream();
        var journal = new JournalTable(0, row => rows.Write(row.Span));
        write(journal);
        journal.EndRow();
        var message = new FleetMessage(7, 0, ++_sequence, table.Kind, 1, FleetMessage.BodyOf(table, rows.ToArray()));
        Assert.True(store.Add(new HeldMessage(sensor, 77, (ulong)_sequence, arrivedAt, message.ToBytes()), message));
    }
}
