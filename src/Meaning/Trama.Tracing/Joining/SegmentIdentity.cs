using Trama.Packets.Transport;

namespace Trama.Tracing.Joining;

/// <summary>What a segment keeps on its way, and a retransmission of it does not.</summary>
internal readonly record struct SegmentIdentity(
    SequenceNumber Sequence, uint Acknowledgement, int Length, TcpFlags Flags, SegmentTimestamps? Timestamps, int IpIdentification)
{
    public static SegmentIdentity Of(ConnectionPair pair, Connection connection, in TracedSegment segment) => new(
        pair.Sequence(connection, segment), pair.Acknowledgement(connection, segment), segment.Length, segment.Flags, segment.Timestamps,
        segment.IpIdentification);
}
