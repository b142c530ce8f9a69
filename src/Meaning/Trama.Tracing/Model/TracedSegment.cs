using System.Runtime.InteropServices;
using Trama.Packets;
using Trama.Packets.Transport;

namespace Trama.Tracing;

/// <summary>A segment of a connection, as the ladder draws it and the rules of diagnosis read it.</summary>
/// <param name="Packet">The number of the packet in the capture, from 1.</param>
/// <param name="At">When it was seen.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Flags">The control bits.</param>
/// <param name="Sequence">
/// Its first sequence number relative to the first one seen of its stream, so that a SYN is 0 and the first byte after it 1.
/// It wraps at 2^32.
/// </param>
/// <param name="Acknowledgement">See <see cref="Acknowledgement"/>.</param>
/// <param name="Length">Payload bytes on the wire.</param>
/// <param name="Window">The window in bytes, scaled where the scale is known.</param>
/// <param name="Marks">What is noteworthy about it.</param>
/// <param name="RttNs">See <see cref="RttNs"/>.</param>
[StructLayout(LayoutKind.Auto)]
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
    long? RttNs)
{
    // Kept by the thousand: what may be absent takes no room to say so.
    private readonly uint _acknowledgement = Acknowledgement ?? 0;
    private readonly long _rttNs = RttNs ?? -1;

    /// <summary>The acknowledged sequence number, relative like <see cref="Sequence"/>; absent without the ACK flag.</summary>
    public uint? Acknowledgement => (Flags & TcpFlags.Ack) != 0 ? _acknowledgement : null;

    /// <summary>For a segment that acknowledges: the time since the newest segment it acknowledges, in nanoseconds, 0 or more.</summary>
    public long? RttNs
    {
        get => _rttNs >= 0 ? _rttNs : null;
        init => _rttNs = value ?? -1;
    }

    /// <summary>How many more routers the packet may pass: the TTL, or IPv6's hop limit.</summary>
    public byte TimeToLive { get; init; }

    /// <summary>The identification of the IPv4 packet, the flow label of the IPv6 one.</summary>
    public int IpIdentification { get; init; }

    /// <summary>The timestamps option; absent without it (RFC 7323 section 3).</summary>
    public SegmentTimestamps? Timestamps { get; init; }

    /// <summary>
    /// The first block of the selective acknowledgement option, in sequence numbers relative like <see cref="Acknowledgement"/>;
    /// absent without it (RFC 2018 section 3). One at or below the acknowledgement reports a duplicate (RFC 2883).
    /// </summary>
    public SackBlock? Sack { get; init; }

    /// <summary>
    /// What was noted of the payload by who did not keep it, in the form of who reads it (PayloadFacts of Trama.Diagnosis); 0 for nothing.
    /// </summary>
    public ulong PayloadNote { get; init; }

    /// <summary>Whether the checksum is wrong; false when it is right, cut off or still to be filled in by the sender's device.</summary>
    public bool HasWrongChecksum { get; init; }
}
