using Trama.Captures;
using Trama.Reports.Browsing;
using Trama.Tracing;

namespace Trama.Reports.Tests.Browsing;

/// <summary>A capture file that is browsed.</summary>
internal sealed class BrowsedFile : IRecordedPackets
{
    private readonly string _path;

    public BrowsedFile(string path, BrowsingLimits? limits = null, ITraceSink? beside = null)
    {
        _path = path;
        Capture = new BrowsedCapture(this, limits: limits);
        var tracker = new ConnectionTracker(BrowsedCapture.Needs(new TracingOptions()),
            beside is null ? Capture : new BothSinks(Capture, beside));
        Capture.Totals = tracker.Totals;
        using CaptureFile file = CaptureFile.Open(path);
        while (file.TryRead(out Packets.Record record)) tracker.Observe(record);
        tracker.Complete();
        Capture.Conclude();
    }

    public BrowsedCapture Capture { get; }

    /// <summary>The captures at hand that are not large.</summary>
    public static IEnumerable<string> Small() => new[] { "faults", "captures", "protocols" }.Select(TestData.Shared)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.pcap*", SearchOption.AllDirectories))
        .Where(path => Path.GetExtension(path) is ".pcap" or ".pcapng" && new FileInfo(path).Length < 300_000)
        .Order(StringComparer.Ordinal);

    public void Read(IReadOnlyList<long> numbers, NumberedRecord take, CancellationToken stop)
    {
        using CaptureFile file = CaptureFile.Open(_path);
        int next = 0;
        for (long number = 1; next < numbers.Count && file.TryRead(out Packets.Record record); number++)
        {
            if (number != numbers[next]) continue;
            take(record, number);
            next++;
        }
    }

    private sealed class BothSinks(ITraceSink one, ITraceSink other) : ITraceSink
    {
        public void ConnectionOpened(Connection connection)
        {
            one.ConnectionOpened(connection);
            other.ConnectionOpened(connection);
        }

        public void SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
        {
            one.SegmentTaken(connection, segment, payload);
            other.SegmentTaken(connection, segment, payload);
        }

        public void ExchangeCompleted(Connection connection, Exchange exchange)
        {
            one.ExchangeCompleted(connection, exchange);
            other.ExchangeCompleted(connection, exchange);
        }

        public void ConnectionEnded(Connection connection)
        {
            one.ConnectionEnded(connection);
            other.ConnectionEnded(connection);
        }

        public void ErrorReported(Connection connection, long packet, in Packets.Decoding.QuotedSegment error)
        {
            one.ErrorReported(connection, packet, error);
            other.ErrorReported(connection, packet, error);
        }
    }
}
