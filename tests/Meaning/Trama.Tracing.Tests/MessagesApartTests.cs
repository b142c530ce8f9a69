using System.Text;
using Trama.Framing;
using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Tracing.Tests.Accuracy;

namespace Trama.Tracing.Tests;

/// <summary>Messages built on a second thread are those built on the first.</summary>
public class MessagesApartTests
{
    private const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;

    [Fact]
    public void The_sink_hears_the_same_in_the_same_order_on_one_other_thread()
    {
        Recorder together = Play(new TracingOptions { Framing = FramingRule.Lines });
        Recorder apart = Play(new TracingOptions { Framing = FramingRule.Lines, MessagesApart = true });
        Assert.Equal(together.Log, apart.Log);
        Assert.Equal([Environment.CurrentManagedThreadId], together.Threads);
        Assert.Single(apart.Threads);
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, apart.Threads);
    }

    [Fact]
    public void A_sink_that_hears_of_segments_hears_all_on_one_thread()
    {
        Recorder recorder = Play(new TracingOptions { Framing = FramingRule.Lines, MessagesApart = true, TellSegments = true });
        Assert.Equal([Environment.CurrentManagedThreadId], recorder.Threads);
    }

    [Fact]
    public void A_capture_too_small_for_a_thread_is_told_at_its_end()
    {
        var recorder = new Recorder();
        var tracker = new ConnectionTracker(new TracingOptions { Framing = FramingRule.Lines, MessagesApart = true }, recorder);
        Exchanges(tracker, 3);
        Assert.Empty(recorder.Log);
        tracker.Complete();
        Assert.Equal(3, recorder.Log.Count(line => line.StartsWith("exchange", StringComparison.Ordinal)));
        Assert.Equal("ended 1", recorder.Log[^1]);
    }

    [Fact]
    public void Settling_tells_everything_known_so_far()
    {
        Recorder together = new(), apart = new();
        Exchanges(new ConnectionTracker(new TracingOptions { Framing = FramingRule.Lines }, together), 5_000);
        var tracker = new ConnectionTracker(new TracingOptions { Framing = FramingRule.Lines, MessagesApart = true }, apart);
        Exchanges(tracker, 5_000);
        tracker.Settle();
        Assert.Equal(together.Log, apart.Log);
        tracker.Complete();
    }

    [Fact]
    public void What_the_sink_throws_comes_out_of_the_tracker()
    {
        var tracker = new ConnectionTracker(new TracingOptions { Framing = FramingRule.Lines, MessagesApart = true },
            new Recorder { FailsAt = 5000 });
        Assert.Throws<InvalidTimeZoneException>(() =>
        {
            Exchanges(tracker, 10_000);
            tracker.Complete();
        });
    }

    [Fact]
    public void Every_reference_capture_gives_the_same()
    {
        foreach (string conversations in Directory.EnumerateFiles(TestData.Shared("captures/tcp"), "*.conv.json")
            .Order(StringComparer.Ordinal))
        {
            string capture = conversations[..^".conv.json".Length];
            RecordedTrace together = RecordedTrace.Of(capture),
                apart = RecordedTrace.Of(capture, new TracingOptions { KeepExchanges = true, MessagesApart = true });
            Assert.Equal(Summary(together), Summary(apart));
        }
    }

    private static string Summary(RecordedTrace trace)
    {
        var text = new StringBuilder();
        foreach (Connection connection in trace.Connections)
        {
            text.Append($"{connection.Id} {connection.State} {connection.Framing} {connection.LastAt.Nanoseconds} {connection.Misfit}\n");
            foreach (Exchange exchange in connection.Exchanges)
                text.Append($"{exchange.Index} {exchange.Request?.Bytes} {exchange.Reply?.Bytes} {exchange.ServerNs} "
                    + $"{exchange.NetworkNs} {exchange.TotalNs}\n");
        }

        return text.ToString();
    }

    private static Recorder Play(TracingOptions options)
    {
        var recorder = new Recorder();
        var tracker = new ConnectionTracker(options, recorder);
        Exchanges(tracker, 8_000);
        tracker.Complete();
        return recorder;
    }

    // Three connections in turn; now and then a request comes twice, or a reply is missing.
    private static void Exchanges(ConnectionTracker tracker, int count)
    {
        byte[] packet = new byte[70_000];
        long now = 1_700_000_000_000_000_000;
        uint[] sent = [1, 1, 1], answered = [1, 1, 1];
        byte[] large = Encoding.ASCII.GetBytes(new string('x', 60_000) + "\n");
        for (int i = 0; i < count; i++)
        {
            int at = i % Math.Min(3, count / 3);
            byte[] request = i % 500 == 7 ? large : Encoding.ASCII.GetBytes($"ask {i}\n");
            for (int copies = i % 100 == 3 ? 2 : 1; copies > 0; copies--) Send(tracker, packet, now += 1000, at, Side.Client, sent[at],
                answered[at], request);
            sent[at] += (uint)request.Length;
            if (i % 100 != 5) Send(tracker, packet, now += 1000, at, Side.Server, answered[at], sent[at], "answer\n"u8);
            answered[at] += 7;
        }
    }

    private static void Send(ConnectionTracker tracker, byte[] packet, long now, int connection, Side from, uint sequence,
        uint acknowledgement, ReadOnlySpan<byte> payload)
    {
        int length = Wire.Write(packet, 0x0a000001, (ushort)(40_000 + connection), from, Data, sequence, acknowledgement, payload, 512,
            (ushort)now);
        tracker.Observe(new Packets.Record(new Timestamp(now), LinkType.Raw, packet.AsSpan(0, length), length));
    }

    private sealed class Recorder : ITraceSink
    {
        public List<string> Log { get; } = [];

        public HashSet<int> Threads { get; } = [];

        public int FailsAt { get; init; } = int.MaxValue;

        void ITraceSink.ConnectionOpened(Connection connection) => Note($"opened {connection.Id}");

        void ITraceSink.ConnectionEnded(Connection connection) => Note($"ended {connection.Id}");

        void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange) =>
            Note($"exchange {connection.Id} {exchange.Index} {Text(exchange.Request)} {exchange.Request?.PacketCount} "
                + $"{Text(exchange.Reply)} {exchange.ServerNs} {exchange.NetworkNs} {exchange.TotalNs}");

        void ITraceSink.StreamGap(Connection connection, Side from, long offset, long length, GapReason reason) =>
            Note($"gap {connection.Id} {from} {offset} {length} {reason}");

        private void Note(string line)
        {
            if (Log.Count == FailsAt) throw new InvalidTimeZoneException();
            Log.Add(line);
            Threads.Add(Environment.CurrentManagedThreadId);
        }

        private static string Text(Message? message) => message is null ? "-" : Encoding.ASCII.GetString(message.Head.Span.TrimEnd("\n"u8))
            + message.Bytes;
    }
}
