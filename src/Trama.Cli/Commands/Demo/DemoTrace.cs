using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Cli.Commands.Demo;

/// <summary>What the captured packets of the demo say: its connection, and its segments one by one.</summary>
internal sealed class DemoTrace : ITraceSink
{
    private const int KeptSegments = 1000;

    private Connection? _first;

    private DemoTrace()
    {
    }

    /// <summary>The connection.</summary>
    public Connection Connection => _first!;

    /// <summary>Its segments.</summary>
    public IReadOnlyList<DemoPacket> Packets { get; private set; } = [];

    /// <summary>Reads the records; null when there is no connection in them.</summary>
    public static DemoTrace? Of(IReadOnlyList<KeptRecord> records)
    {
        var trace = new DemoTrace();
        var tracker = new ConnectionTracker(new TracingOptions { KeepExchanges = true, KeptSegments = KeptSegments }, trace);
        foreach (KeptRecord record in records) tracker.Observe(record.Record);
        tracker.Complete();
        if (trace._first is null) return null;
        trace.Packets = Decode(records, trace._first);
        return trace;
    }

    /// <inheritdoc/>
    public void ConnectionOpened(Connection connection) => _first ??= connection;

    private static List<DemoPacket> Decode(IReadOnlyList<KeptRecord> records, Connection connection)
    {
        var decoder = new SegmentDecoder();
        List<DemoPacket> packets = [];
        foreach ((int index, KeptRecord record) in records.Index())
        {
            if (decoder.Decode(record.Record, out TcpSegment segment) != Decoded.Segment) continue;
            if (connection.Segments.FirstOrDefault(candidate => candidate.Packet == index + 1) is not { Packet: > 0 } traced) continue;
            packets.Add(new DemoPacket(
                index + 1,
                traced.From,
                segment.Flags,
                segment.Sequence.Value,
                segment.Acknowledgement.Value,
                traced.Sequence,
                traced.Acknowledgement ?? 0,
                segment.Window,
                segment.PayloadLength));
        }

        return packets;
    }
}
