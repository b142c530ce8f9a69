using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Rows.Tables;

/// <summary>A row of <c>packets</c>: a segment of a connection.</summary>
internal readonly record struct PacketRow(long Connection, TracedSegment Segment)
{
    /// <summary>The table.</summary>
    public static RowTable<PacketRow> Table { get; } = new RowTable<PacketRow>("packets")
        .Number("packet", row => row.Segment.Packet)
        .Number("connection", row => row.Connection)
        .Number("at", row => row.Segment.At.Nanoseconds)
        .Text("from", row => Words.Of(row.Segment.From))
        .Flag("syn", row => Has(row, TcpFlags.Syn))
        .Flag("fin", row => Has(row, TcpFlags.Fin))
        .Flag("rst", row => Has(row, TcpFlags.Rst))
        .Flag("psh", row => Has(row, TcpFlags.Psh))
        .Flag("ack", row => Has(row, TcpFlags.Ack))
        .Number("sequence", row => row.Segment.Sequence)
        .Number("acknowledgement", row => row.Segment.Acknowledgement)
        .Number("payloadBytes", row => row.Segment.Length)
        .Number("window", row => row.Segment.Window)
        .Number("timeToLive", row => row.Segment.TimeToLive)
        .Number("rttNs", row => row.Segment.RttNs)
        .Text("marks", row => Words.Of(row.Segment.Marks));

    private static bool Has(in PacketRow row, TcpFlags flag) => (row.Segment.Flags & flag) != 0;
}
