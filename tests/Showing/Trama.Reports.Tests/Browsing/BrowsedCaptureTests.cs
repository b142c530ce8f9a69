using System.Text;
using Trama.Captures;
using Trama.Packets;
using Trama.Reports.Browsing;
using Trama.Tracing;
using Trama.Tracing.Choosing;
using Trama.Tracing.Keeping;

namespace Trama.Reports.Tests.Browsing;

/// <summary>What a browsed capture answers is what tracing tells.</summary>
public class BrowsedCaptureTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_connection_that_is_read_again_is_the_one_of_the_first_reading()
    {
        int compared = 0;
        foreach (string path in BrowsedFile.Small())
        {
            var first = new Told();
            using CaptureFile file = CaptureFile.Open(path);
            var tracker = new ConnectionTracker(new TracingOptions { KeepExchanges = true, KeptSegments = 1 << 18 }, first);
            while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
            tracker.Complete();
            BrowsedCapture browsed = new BrowsedFile(path).Capture;
            foreach (Connection connection in first.Connections.Values)
            {
                ConnectionDetail detail = Assert.IsType<ConnectionDetail>(browsed.Read(connection.Id, Stop));
                Assert.Equal(connection.Segments, detail.Connection.Segments);
                Assert.Equal((connection.State, connection.HandshakeNs, connection.Framing),
                    (detail.Connection.State, detail.Connection.HandshakeNs, detail.Connection.Framing));
                Assert.Equal(connection.Exchanges.Select(Facts), detail.Connection.Exchanges.Select(Facts));
                Assert.NotEmpty(detail.Ladder.Rows);
                compared++;
            }
        }

        Assert.True(compared > 100, $"{compared} connections");
    }

    [Fact]
    public void Kept_rows_say_what_the_exchanges_said()
    {
        var told = new Told();
        foreach (string path in BrowsedFile.Small())
        {
            told.Exchanges.Clear();
            BrowsedCapture capture = new BrowsedFile(path, beside: told).Capture;
            var reader = new KeptExchangeReader(capture.Exchanges);
            Assert.Equal(told.Exchanges.Count, capture.Exchanges.End);
            for (int i = 0; i < told.Exchanges.Count; i++)
            {
                Assert.True(capture.Exchanges.TryGet(i, out KeptExchange row));
                Assert.Equal(told.Exchanges[i], Words(row.Connection, reader.Read(i, row)));
            }
        }
    }

    [Theory]
    [InlineData("total>1ms")]
    [InlineData("status>=400 or failed")]
    [InlineData("operation~'SELECT|GET|publish'")]
    [InlineData("serverPort=80 and not answered")]
    [InlineData("replyBytes>100B and initiator=client")]
    public void A_condition_chooses_what_it_chooses_of_a_trace(string text)
    {
        Assert.True(ExchangeCondition.TryParse(text, out ExchangeCondition? where, out _));
        int chosen = 0;
        foreach (string path in BrowsedFile.Small())
        {
            var told = new Told { Where = where };
            BrowsedCapture capture = new BrowsedFile(path, beside: told).Capture;
            Window<ExchangeRow> window = capture.ListExchanges(new BrowsingChoice { Where = where }, ExchangeOrder.Completed, false, 0, 1000, Stop);
            Assert.Equal(told.Exchanges.Count, window.Count);
            Assert.Equal(told.Exchanges.Count,
                capture.ListServices(new BrowsingChoice { Where = where }, Stop).Sum(service => service.Exchanges));
            chosen += told.Exchanges.Count;
        }

        Assert.True(chosen > 0);
    }

    [Fact]
    public void Windows_are_parts_of_the_same_order()
    {
        BrowsedCapture capture = Many(40_000);
        Window<ExchangeRow> all = capture.ListExchanges(BrowsingChoice.All, ExchangeOrder.Server, true, 0, 1000, Stop);
        Assert.Equal(40_000, all.Count);
        Assert.Equal(all.Rows.Skip(300).Take(50).Select(row => row.Number),
            capture.ListExchanges(BrowsingChoice.All, ExchangeOrder.Server, true, 300, 50, Stop).Rows.Select(row => row.Number));
        Assert.Equal(all.Rows.Select(row => row.Facts.ServerNs), all.Rows.Select(row => row.Facts.ServerNs).OrderDescending());
        Assert.Equal(7, capture.PlaceOf(BrowsingChoice.All, ExchangeOrder.Server, true, all.Rows[7].Number));
        Assert.Equal(10, capture.ListExchanges(BrowsingChoice.All, ExchangeOrder.Server, true, 39_990, 50, Stop).Rows.Count);
        Assert.Empty(capture.ListExchanges(BrowsingChoice.All, ExchangeOrder.Server, true, 50_000, 50, Stop).Rows);
    }

    [Fact]
    public void What_is_too_much_goes_oldest_first_and_is_counted()
    {
        const int kept = 2 * KeptExchangeRows.PerBlock;
        BrowsedCapture capture = Many(kept * 2, new BrowsingLimits { Exchanges = kept });
        Assert.InRange(capture.Exchanges.End - capture.OmittedExchanges, kept, kept + KeptExchangeRows.PerBlock);
        Window<ExchangeRow> window = capture.ListExchanges(BrowsingChoice.All, ExchangeOrder.Completed, false, 0, 10, Stop);
        Assert.Equal(capture.OmittedExchanges, window.Rows[0].Number);
        Assert.Equal(capture.Exchanges.End - capture.OmittedExchanges, window.Count);
        Assert.Equal("GET /0", capture.ListExchanges(new BrowsingChoice { Search = "get /0" }, ExchangeOrder.Completed, false, 0, 1, Stop)
            .Rows[0].Operation);
    }

    [Fact]
    public void A_list_that_is_asked_for_again_has_what_came_since()
    {
        var capture = new BrowsedCapture();
        var choice = new BrowsingChoice { Search = "/7" };
        Fill(capture, 100);
        long before = capture.ListExchanges(choice, ExchangeOrder.Total, true, 0, 10, Stop).Count;
        long services = capture.ListServices(BrowsingChoice.All, Stop).Sum(row => row.Exchanges);
        Fill(capture, 100);
        Assert.Equal(2 * before, capture.ListExchanges(choice, ExchangeOrder.Total, true, 0, 10, Stop).Count);
        Assert.Equal((100, 200), (services, capture.ListServices(BrowsingChoice.All, Stop).Sum(row => row.Exchanges)));
    }

    [Fact]
    public void The_timeline_has_every_exchange_in_its_place()
    {
        BrowsedCapture capture = Many(1000);
        var period = new BrowsingChoice { From = new Timestamp(0), To = new Timestamp(1_000_000_000) };
        Timeline timeline = capture.Timeline(period, 10, Stop);
        Assert.Equal(1000, timeline.Exchanges.Sum());
        Assert.All(timeline.Exchanges, count => Assert.InRange(count, 99, 101));
        Assert.Equal(100, timeline.Faulty.Sum());
        Assert.Equal(0, capture.Timeline(period with { From = new Timestamp(2_000_000_000), To = null }, 4, Stop).Exchanges.Sum());
    }

    [Fact]
    public void Faulty_connections_stand_first_and_alone_where_they_are_asked_for()
    {
        BrowsedCapture capture = new BrowsedFile(TestData.Shared("faults/packet-loss") is var folder
            ? Directory.EnumerateFiles(folder, "*.pcap*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First() : "").Capture;
        Assert.NotNull(capture.Diagnosis.Verdict);
        Window<BrowsedConnection> faulty = capture.ListConnections(
            new BrowsingChoice { FaultsOnly = true }, ConnectionOrder.FaultyFirst, false, 0, 100, Stop);
        Window<BrowsedConnection> all = capture.ListConnections(BrowsingChoice.All, ConnectionOrder.FaultyFirst, false, 0, 100, Stop);
        Assert.NotEmpty(faulty.Rows);
        Assert.Equal(faulty.Rows.Select(row => row.Connection.Id), all.Rows.Take(faulty.Rows.Count).Select(row => row.Connection.Id));
        Assert.Contains(capture.Diagnosis.Verdict.Connections[0], faulty.Rows.Select(row => row.Connection.Id));
    }

    [Fact]
    public void A_text_that_names_what_was_found_chooses_exchanges_and_retransmissions_too()
    {
        BrowsedCapture capture = new BrowsedFile(TestData.Shared("faults/slow-server/v1/client.pcap")).Capture;
        long all = capture.ListExchanges(BrowsingChoice.All, ExchangeOrder.Completed, false, 0, 1, Stop).Count;
        var found = new BrowsingChoice { Search = "slow-server" };
        Assert.Equal(all, capture.ListExchanges(found, ExchangeOrder.Completed, false, 0, 1, Stop).Count);
        Assert.NotEmpty(capture.ListServices(found, Stop));

        BrowsedCapture lossy = new BrowsedFile(TestData.Shared("faults/packet-loss/random-1/client.pcap")).Capture;
        Assert.NotEqual(0, lossy.Timeline(BrowsingChoice.All, 10, Stop).Retransmissions.Sum());
        Assert.NotEqual(0, lossy.Timeline(new BrowsingChoice { Search = "packet-loss" }, 10, Stop).Retransmissions.Sum());
        Assert.Equal(0, lossy.Timeline(new BrowsingChoice { Search = "slow-server" }, 10, Stop).Retransmissions.Sum());
    }

    [Fact]
    public void What_is_found_while_a_list_is_remembered_belongs_to_it()
    {
        var capture = new BrowsedCapture();
        var tracker = new ConnectionTracker(BrowsedCapture.Needs(new TracingOptions()), capture);
        capture.Totals = tracker.Totals;
        using CaptureFile file = CaptureFile.Open(TestData.Shared("faults/slow-server/v1/client.pcap"));
        while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
        var found = new BrowsingChoice { Search = "slow-server" };
        Assert.Equal(0, capture.ListExchanges(found, ExchangeOrder.Completed, false, 0, 1, Stop).Count);
        tracker.Complete();
        capture.Conclude();
        Assert.NotEqual(0, capture.ListExchanges(found, ExchangeOrder.Completed, false, 0, 1, Stop).Count);
    }

    [Fact]
    public void An_open_connection_lasts_until_its_latest_packet()
    {
        var capture = new BrowsedCapture();
        var tracker = new ConnectionTracker(BrowsedCapture.Needs(new TracingOptions()), capture);
        capture.Totals = tracker.Totals;
        using CaptureFile file = CaptureFile.Open(TestData.Shared("faults/slow-server/v1/client.pcap"));
        for (int i = 0; i < 8 && file.TryRead(out Packets.Record record); i++) tracker.Observe(record);
        BrowsedConnection row = Assert.Single(capture.ListConnections(BrowsingChoice.All, default, false, 0, 9, Stop).Rows);
        Assert.Equal(tracker.Totals.LastAt, row.LastAt);
        Assert.True(row.LastAt > row.Connection.OpenedAt);
        var latest = new BrowsingChoice { From = row.LastAt };
        Assert.Single(capture.ListConnections(latest, default, false, 0, 9, Stop).Rows);
    }

    [Theory, InlineData(1 << 20, 1 << 20), InlineData(10, 64)]
    public void A_connection_that_said_much_is_read_again_with_shorter_beginnings(long bytes, int longest)
    {
        var limits = new BrowsingLimits { BytesOfConnection = bytes, LeastHeadBytes = 64 };
        BrowsedCapture capture = new BrowsedFile(TestData.Shared("faults/clean/bulk-1/client.pcap"), limits).Capture;
        ConnectionDetail detail = Assert.IsType<ConnectionDetail>(capture.Read(1, Stop));
        int found = detail.Connection.Exchanges.Max(exchange => exchange.Messages.Max(message => message.Head.Length));
        Assert.InRange(found, 64, longest);
        Assert.Equal(longest == 64, found == 64);
    }

    private static BrowsedCapture Many(int count, BrowsingLimits? limits = null)
    {
        var capture = new BrowsedCapture(limits: limits);
        Fill(capture, count);
        return capture;
    }

    // A thousand exchanges a second of one connection; every tenth fails.
    private static void Fill(ITraceSink capture, int count)
    {
        var made = new TracedConnection();
        var connection = new Connection(1, made.Connection.Client, made.Connection.Server, default, new TracingOptions());
        capture.ConnectionOpened(connection);
        for (int i = 0; i < count; i++)
        {
            var request = new Message();
            var reply = new Message();
            var at = new Timestamp(i * 1_000_000L);
            byte[] operation = Encoding.UTF8.GetBytes($"GET /{i % 1000}");
            request.Restore(Side.Client, at, at, 1, 10, 0, operation, new Framing.MessageEnd { Operation = operation, Protocol = "http1" });
            reply.Restore(Side.Server, at, at, 2, 20, 0, operation, new Framing.MessageEnd { Status = "200"u8, Failed = i % 10 == 0 });
            capture.ExchangeCompleted(connection,
                new Exchange { Index = i + 1, Request = request, Reply = reply, ServerNs = i * 7919 % 100_003, TotalNs = 200_000 });
        }
    }

    private static (long, long, long?, long?, long?) Facts(Exchange exchange) => (exchange.Index,
        exchange.Messages.SelectMany(message => message.Packets).Aggregate(0L, (sum, packet) => sum * 31 + packet),
        exchange.ServerNs, exchange.TotalNs, exchange.Request?.Bytes);

    private static string Words(long connection, Exchange exchange) => string.Join('|', connection, exchange.Index, exchange.Protocol,
        exchange.Stream, Encoding.Latin1.GetString(exchange.Operation.Span), Encoding.Latin1.GetString(exchange.Group.Span),
        Encoding.Latin1.GetString(exchange.Status.Span), exchange.Failed, exchange.ReplyDue, exchange.Initiator, exchange.IsWhole,
        exchange.RequestTransferNs, exchange.ServerNs, exchange.NetworkNs, exchange.ReplyTransferNs, exchange.TotalNs,
        exchange.FirstAt.Nanoseconds, exchange.LastAt.Nanoseconds, exchange.Request?.Bytes, exchange.Reply?.Bytes,
        exchange.Request?.MissingBytes, exchange.Request?.Packets is [var packet, ..] ? packet : 0,
        exchange.Request is { } request
            ? Convert.ToHexString(request.Head.Span[..Math.Min(request.Head.Length, ExchangeTable.HeadBytes)]) : "-");

    private sealed class Told : ITraceSink
    {
        public ExchangeCondition? Where { get; init; }

        public List<string> Exchanges { get; } = [];

        public Dictionary<long, Connection> Connections { get; } = [];

        public void ConnectionOpened(Connection connection) => Connections[connection.Id] = connection;

        public void ExchangeCompleted(Connection connection, Exchange exchange)
        {
            if (Where?.HoldsOf(connection, exchange) != false) Exchanges.Add(Words(connection.Id, exchange));
        }
    }
}
