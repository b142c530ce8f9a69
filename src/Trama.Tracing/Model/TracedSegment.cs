using Trama.Packets;
using Trama.Packets.Transport;

namespace Trama.Tracing;

/// <summary>A segment of a connection, as the ladder and the plots draw it.</summary>
/// <param name="Packet">The number of the packet in the capture, from 1.</param>
/// <param name="At">When it was seen.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Flags">The control bits.</param>
/// <param name="Sequence">
/// Its first sequence number relative to the first one seen of its stream, so that a SYN is 0 and the first byte after it 1.
/// It wraps at 2^32.
/// </param>
/// <param name="Acknowledgement">The acknowledged sequence number, relative in the same way; absent without the ACK flag.</param>
/// <param name="Length">Payload bytes on the wire.</param>
/// <param name="Window">The window in bytes, scaled where the scale is known.</param>
/// <param name="Marks">What is noteworthy about it.</param>
/// <param name="RttNs">For a segment that acknowledges: the time since the newest segment it acknowledges, in nanoseconds.</param>
public readonly record struct TracedSegment(
    long Packet,
    Timestamp At,
    Side From,
    TcpFlags Flags,
    uint Sequence,
    uint? Acknowledgement,
    int Length,
    int Window,
    SegmentMarks Marks,
    long? RttNs);
