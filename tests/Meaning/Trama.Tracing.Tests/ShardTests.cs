using System.Buffers;
using System.Text;
using Trama.Captures;
using Trama.Framing;
using Trama.Framing.Tls.Keys;
using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Tracing.Joining;
using Trama.Tracing.Tests.Cutting;

namespace Trama.Tracing.Tests;

/// <summary>A sink hears the same in the same order, however many threads follow the connections.</summary>
public class ShardTests
{
    private const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;

    private static readonly TracingOptions s_lines = new() { Framing = FramingRule.Lines };

    [Fact]
    public void The_sink_hears_the_same_in_the_same_order()
    {
        Recorder whole = Play(s_lines);
        foreach (int threads in (int[])[1, 2, 3, 8])
        {
            Recorder parted = Play(s_lines with { Threads = threads });
            Assert.Equal(whole.Log, parted.Log);
        }
    }

    [Fact]
    public void What_parts_write_is_told_in_the_order_of_the_capture()
    {
        Recorder whole = Play(s_lines with { TellSegments = true });
        foreach (int threads in (int[])[2, 3, 8])
        {
            Recorder parted = Play(s_lines with { TellSegments = true, Threads = threads }, hasParts: true);
            Assert.Equal(whole.Log, parted.Log);
            Assert.Equal(whole.Segments, parted.Parts.Sum(part => part.Segments));
        }
    }

    [Fact]
    public void Parts_behind_those_of_a_vantage_point_hear_all_that_they_hear_alone()
    {
        Recorder whole = Play(s_lines with { TellSegments = true });
        var parted = new Recorder { HasParts = true };
        Play(s_lines with { TellSegments = true, Threads = 2 }, new VantagePoint(parted));
        Assert.Equal(whole.Log, parted.Log);
        Assert.Equal((whole.Segments, whole.Bytes), (parted.Parts.Sum(part => part.Segments), parted.Parts.Sum(part => part.Bytes)));
    }

    [Fact]
    public void Where_every_limit_strikes_the_same_is_told()
    {
        TracingOptions tiny = s_lines with
        {
            MaxConnections = 7,
            MaxLingering = 2,
            MaxHalfOpen = 3,
            MaxBufferedBytes = 50,
            HeadBytes = 1 << 20,
            MaxHeadBytes = 100_000,
            MaxOpenRequests = 2,
            KeepExchanges = true,
            MaxKeptExchanges = 5,
            KeptSegments = 4,
            MaxKeptSegments = 20,
        };
        Recorder one = Play(tiny with { Threads = 1 }, connections: 40);
        string[][] ended = [.. one.Log.Where(line => line.StartsWith("ended", StringComparison.Ordinal)).Select(line => line.Split(' '))];
        // Connections that made room come again; bytes, exchanges and segments were given up.
        Assert.True(ended.Length > 40);
        Assert.All((int[])[6, 9, 10], field => Assert.Contains(ended, words => words[field] != "0"));
        foreach (int threads in (int[])[2, 3, 8])
            Assert.Equal(one.Log, Play(tiny with { Threads = threads }, connections: 40).Log);
        // Nor does it matter when somebody wants to be told what is known by then.
        foreach (int threads in (int[])[1, 2, 3])
            foreach (int seed in (int[])[1, 2])
                Assert.Equal(one.Log, Play(tiny with { Threads = threads }, connections: 40, settles: new Random(seed)).Log);
    }

    [Fact]
    public void A_clock_that_jumps_changes_nothing()
    {
        Recorder one = Play(s_lines with { Threads = 1 }, connections: 5, jumps: true);
        foreach (int threads in (int[])[2, 3, 8])
            Assert.Equal(one.Log, Play(s_lines with { Threads = threads }, connections: 5, jumps: true).Log);
    }

    [Fact]
    public void A_capture_too_small_for_threads_is_told_at_its_end()
    {
        var recorder = new Recorder();
        var tracker = new ConnectionTracker(s_lines with { Threads = 2 }, recorder);
        Exchanges(tracker, 3);
        Assert.Empty(recorder.Log);
        tracker.Complete();
        Assert.Equal(3, recorder.Log.Count(line => line.StartsWith("exchange", StringComparison.Ordinal)));
        Assert.Equal([Environment.CurrentManagedThreadId], recorder.Threads);
    }

    [Fact]
    public void A_live_capture_of_few_packets_at_once_needs_no_threads()
    {
        var recorder = new Recorder();
        var tracker = new ConnectionTracker(s_lines with { Threads = 8 }, recorder);
        for (int i = 0; i < 20; i++)
        {
            Exchanges(tracker, 12, network: i);
            tracker.Settle();
        }

        tracker.Complete();
        Assert.Equal(240, recorder.Log.Count(line => line.StartsWith("exchange", StringComparison.Ordinal)));
        Assert.Equal([Environment.CurrentManagedThreadId], recorder.Threads);
    }

    [Fact]
    public void Settling_tells_everything_known_so_far_and_one_thread_may_go_on()
    {
        Recorder whole = new(), parted = new();
        var tracker = new ConnectionTracker(s_lines, whole);
        Exchanges(tracker, 5_000);
        var crew = new ConnectionTracker(s_lines with { Threads = 3 }, parted);
        Exchanges(crew, 5_000);
        crew.Settle();
        Assert.Equal(whole.Log, parted.Log);
        crew.GoOnAlone();
        Exchanges(tracker, 5_000, at: 1_800_000_000_000_000_000, network: 1);
        parted.Threads.Clear();
        Exchanges(crew, 5_000, at: 1_800_000_000_000_000_000, network: 1);
        Assert.Equal(whole.Log, parted.Log);
        Assert.Equal([Environment.CurrentManagedThreadId], parted.Threads);
        tracker.Complete();
        crew.Complete();
        Assert.Equal(whole.Log, parted.Log);
    }

    [Fact]
    public void What_the_sink_throws_comes_out_of_the_tracker()
    {
        var tracker = new ConnectionTracker(s_lines with { Threads = 3 }, new Recorder { FailsAt = 5000 });
        Assert.Throws<InvalidTimeZoneException>(() =>
        {
            Exchanges(tracker, 10_000);
            tracker.Complete();
        });
    }

    [Fact]
    public void What_the_sink_threw_last_is_not_lost()
    {
        var tracker = new ConnectionTracker(s_lines with { Threads = 2 }, new Recorder { FailsAt = 0 });
        Exchanges(tracker, 3);
        Assert.Throws<InvalidTimeZoneException>(tracker.Complete);
        Assert.Throws<InvalidTimeZoneException>(tracker.Settle);
    }

    [Fact]
    public void Every_reference_capture_gives_the_same()
    {
        foreach (string conversations in Directory.EnumerateFiles(TestData.Shared("captures/tcp"), "*.conv.json")
            .Order(StringComparer.Ordinal))
        {
            string capture = conversations[..^".conv.json".Length];
            Recorder whole = Read(capture, threads: 0);
            foreach (int threads in (int[])[1, 3]) Assert.Equal(whole.Log, Read(capture, threads).Log);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Secrets_that_are_gathered_on_demand_are_there_before_any_shard_asks(int threads)
    {
        string capture = TestData.Shared("protocols/tls12-lab-gcm.pcapng");
        var recorder = new Recorder();
        int? gatheredBy = null;
        var keys = new TlsKeys();
        keys.Others = () =>
        {
            gatheredBy = Environment.CurrentManagedThreadId;
            var reader = new KeyLogReader(keys);
            reader.Take(CutCapture.KeyLogOf(capture));
            reader.Complete();
        };
        var tracker = new ConnectionTracker(new TracingOptions { Threads = threads, Keys = keys }, recorder);
        Exchanges(tracker, 10_000);
        Observe(tracker, capture);
        recorder.Threads.Clear();
        Exchanges(tracker, 10_000, at: 1_800_000_000_000_000_000, network: 1);
        tracker.Complete();
        Assert.Equal(Environment.CurrentManagedThreadId, gatheredBy);
        // What one connection tells another, of a session that is resumed, is told in the order of the capture.
        Assert.Equal([Environment.CurrentManagedThreadId], recorder.Threads);
        Assert.True(tracker.Totals.Tls.Decrypted > 0);
    }

    private static Recorder Read(string capture, int threads)
    {
        var recorder = new Recorder();
        var tracker = new ConnectionTracker(new TracingOptions { Threads = threads }, recorder);
        Observe(tracker, capture);
        tracker.Complete();
        return recorder;
    }

    private static void Observe(ConnectionTracker tracker, string capture)
    {
        using var file = CaptureFile.Open(capture);
        while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
    }

    private static Recorder Play(
        TracingOptions options, int connections = 3, bool hasParts = false, bool jumps = false, Random? settles = null)
    {
        var recorder = new Recorder { HasParts = hasParts };
        Play(options, recorder, connections, jumps, settles);
        return recorder;
    }

    private static void Play(TracingOptions options, ITraceSink sink, int connections = 3, bool jumps = false, Random? settles = null)
    {
        var tracker = new ConnectionTracker(options, sink);
        Exchanges(tracker, 8_000, connections, jumps, settles: settles);
        tracker.Complete();
    }

    // Some connections in turn; now and then a request comes twice, a reply is missing, or a packet overtakes another.
    private static void Exchanges(ConnectionTracker tracker, int count, int connections = 3, bool jumps = false,
        long at = 1_700_000_000_000_000_000, int network = 0, Random? settles = null)
    {
        byte[] packet = new byte[70_000];
        long now = at;
        uint[] sent = [.. Enumerable.Repeat(1u, connections)], answered = [.. Enumerable.Repeat(1u, connections)];
        byte[] large = Encoding.ASCII.GetBytes(new string('x', 60_000) + "\n");
        for (int i = 0; i < count; i++)
        {
            if (settles?.Next(200) == 0) tracker.Settle();
            int of = i / 4 % connections;
            byte[] request = i % 500 == 7 ? large : Encoding.ASCII.GetBytes($"ask {i}\n");
            if (jumps && i % 700 == 0) now += i % 1400 == 0 ? 200_000_000_000 : -90_000_000_000;
            int first = i % 50 == 9 ? 3 : 0;
            for (int copies = i % 100 == 3 ? 2 : 1; copies > 0; copies--)
                Send(tracker, packet, now += 1000, of + (network * 1000), Side.Client, sent[of] + (uint)first, answered[of],
                    request.AsSpan(first));
            if (first > 0) Send(tracker, packet, now += 1000, of + (network * 1000), Side.Client, sent[of], answered[of],
                request.AsSpan(0, first));
            sent[of] += (uint)request.Length;
            if (i % 100 == 5) answered[of] += 7;
            // Now and then a request that was not acknowledged with its reply is sent again.
            bool isRepeated = i % 100 == 11;
            uint taken = sent[of] - (isRepeated ? (uint)request.Length : 0);
            Send(tracker, packet, now += 1000, of + (network * 1000), Side.Server, answered[of], taken, "answer\n"u8);
            if (isRepeated) Send(tracker, packet, now += 1000, of + (network * 1000), Side.Client, taken, answered[of] + 7, request);
            answered[of] += 7;
        }
    }

    private static void Send(ConnectionTracker tracker, byte[] packet, long now, int connection, Side from, uint sequence,
        uint acknowledgement, ReadOnlySpan<byte> payload)
    {
        int length = Wire.Write(packet, 0x0a000001, (ushort)(40_000 + connection), from, Data, sequence, acknowledgement, payload, 512,
            (ushort)now);
        tracker.Observe(new Packets.Record(new Timestamp(now), LinkType.Raw, packet.AsSpan(0, length), length));
    }

    private sealed class Recorder : IShardedSink
    {
        public List<string> Log { get; } = [];

        public HashSet<int> Threads { get; } = [];

        public List<Part> Parts { get; } = [];

        public bool HasParts { get; init; }

        public int FailsAt { get; init; } = int.MaxValue;

        public int Segments { get; private set; }

        public long Bytes { get; private set; }

        public IShardPart? OpenPart(int shard)
        {
            if (!HasParts) return null;
            Parts.Add(new Part());
            return Parts[^1];
        }

        void ITraceSink.SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload) => Segments++;

        void ITraceSink.StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet) =>
            Bytes += bytes.Length;

        void ITraceSink.ConnectionEnded(Connection connection) => Note($"ended {connection.Id} {connection.State} {connection.Framing} "
            + $"{connection.LastAt.Nanoseconds} {connection.ToServer.MissingBytes} {connection.ToServer.LimitedBytes} "
            + $"{connection.Exchanges.Count} {connection.Segments.Count} {connection.OmittedExchanges} {connection.OmittedSegments}");

        void IShardedSink.ConnectionEnded(Connection connection, object? judged)
        {
            Assert.Equal(HasParts ? connection : null, judged);
            ((ITraceSink)this).ConnectionEnded(connection);
        }

        void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange) => Note(Words(connection, exchange));

        void IShardedSink.ExchangeTold(Connection connection, ReadOnlySpan<byte> text) => Note(Encoding.ASCII.GetString(text));

        private static string Words(Connection connection, Exchange exchange) =>
            $"exchange {connection.Id} {exchange.Index} {Text(exchange.Request)} {exchange.Request?.PacketCount} "
                + $"{exchange.Request?.DeliveredAt.Nanoseconds - exchange.Request?.LastAt.Nanoseconds} "
                + $"{Text(exchange.Reply)} {exchange.ServerNs} {exchange.NetworkNs} {exchange.TotalNs}";

        private void Note(string line)
        {
            if (Log.Count == FailsAt) throw new InvalidTimeZoneException();
            Log.Add(line);
            Threads.Add(Environment.CurrentManagedThreadId);
        }

        private static string Text(Message? message) => message is null ? "-"
            : $"{Convert.ToHexString(message.Head.Span[..Math.Min(message.Head.Length, 40)])} {message.Head.Length} {message.Bytes}";

        public sealed class Part : IShardPart
        {
            public int Segments { get; private set; }

            public long Bytes { get; private set; }

            public void SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload) => Segments++;

            public void StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes) => Bytes += bytes.Length;

            public bool ExchangeCompleted(Connection connection, Exchange exchange, IBufferWriter<byte> text)
            {
                text.Write(Encoding.ASCII.GetBytes(Words(connection, exchange)));
                return false;
            }

            public object? ConnectionEnded(Connection connection) => connection;
        }
    }
}
