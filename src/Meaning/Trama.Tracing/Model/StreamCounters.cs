using Trama.Packets.Transport;

namespace Trama.Tracing;

/// <summary>What was counted in one direction of a connection.</summary>
public sealed class StreamCounters
{
    /// <summary>Segments, retransmitted ones too. A segment seen on two interfaces counts once.</summary>
    public long Packets { get; internal set; }

    /// <summary>Payload bytes on the wire, retransmitted ones too.</summary>
    public long PayloadBytes { get; internal set; }

    /// <summary>Payload bytes, each sequence number once.</summary>
    public long StreamBytes { get; internal set; }

    /// <summary>Bytes of the stream that the capture does not have: never seen, or cut off by the snapshot length.</summary>
    public long MissingBytes { get; internal set; }

    /// <summary>Segments whose sequence numbers were sent before, the fast and the spurious ones included.</summary>
    public long Retransmissions { get; internal set; }

    /// <summary>Retransmissions that followed two or more duplicate acknowledgements at once (RFC 5681 section 3.2).</summary>
    public long FastRetransmissions { get; internal set; }

    /// <summary>Retransmissions of what the other side had already acknowledged.</summary>
    public long SpuriousRetransmissions { get; internal set; }

    /// <summary>Segments that arrived after ones that follow them in the stream.</summary>
    public long OutOfOrder { get; internal set; }

    /// <summary>Segments before which at least one was not seen: lost on the way here, or by the capture.</summary>
    public long Gaps { get; internal set; }

    /// <summary>Segments of this direction that acknowledge bytes of the other one that the capture does not have.</summary>
    public long AcksOfUnseen { get; internal set; }

    /// <summary>Acknowledgements that say the same as the one before (RFC 5681 section 2).</summary>
    public long DuplicateAcks { get; internal set; }

    /// <summary>Segments that advertise a window of zero.</summary>
    public long ZeroWindows { get; internal set; }

    /// <summary>Probes of the other side's zero window.</summary>
    public long ZeroWindowProbes { get; internal set; }

    /// <summary>Segments that fill the other side's window to its edge.</summary>
    public long WindowFulls { get; internal set; }

    /// <summary>Segments that change nothing but the window.</summary>
    public long WindowUpdates { get; internal set; }

    /// <summary>Keep-alive probes (RFC 9293 section 3.8.4).</summary>
    public long KeepAlives { get; internal set; }

    /// <summary>Retransmitted bytes that differ from those seen first; the first are kept.</summary>
    public long ContradictedBytes { get; internal set; }

    /// <summary>Segments that are shorter in the capture than on the wire.</summary>
    public long CutPackets { get; internal set; }

    /// <summary>Segments seen a second time on another interface of the same capture; counted nowhere else.</summary>
    public long SecondSights { get; internal set; }

    /// <summary>Segments that are the same packet as one a moment before; counted everywhere else, too.</summary>
    public long Copies { get; internal set; }

    /// <summary>Bytes given up because a limit on what is kept out of order was reached; part of <see cref="MissingBytes"/>.</summary>
    public long LimitedBytes { get; internal set; }

    /// <summary>Whether a SYN was seen.</summary>
    public bool Syn { get; internal set; }

    /// <summary>
    /// Whether the sizes of this direction's windows are certain: a SYN was seen, and the capture did not cut its options.
    /// </summary>
    public bool WindowsAreKnown { get; internal set; }

    /// <summary>Whether a FIN was seen.</summary>
    public bool Fin { get; internal set; }

    /// <summary>Whether a RST was seen.</summary>
    public bool Rst { get; internal set; }

    /// <summary>The sequence number that counts as 0: the SYN's, else the one before the first seen; known as soon as
    /// anything tells it, and right for certain at the end.</summary>
    public uint? InitialSequence { get; internal set; }

    /// <summary>The maximum segment size that the sender of this direction announced, in bytes.</summary>
    public int? MaximumSegmentSize { get; internal set; }

    /// <summary>The window scale that the sender of this direction announced: a power of two, 0 to 14 (RFC 7323 section 2).</summary>
    public int? WindowScale { get; internal set; }

    /// <summary>From a segment of this direction to its acknowledgement, both as seen at the vantage point.</summary>
    public RoundTripTime? Rtt { get; internal set; }

    /// <summary>SHA-256 of the stream's bytes without the missing ones, 32 bytes; known at the end, and only when asked for.</summary>
    public byte[]? StreamSha256 { get; internal set; }

    /// <summary>Counts a segment of this direction.</summary>
    internal void Count(TcpFlags flags, int payloadLength, SegmentMarks marks)
    {
        Packets++;
        PayloadBytes += payloadLength;
        if ((flags & TcpFlags.Syn) != 0) Syn = true;
        if ((flags & TcpFlags.Fin) != 0) Fin = true;
        if ((flags & TcpFlags.Rst) != 0) Rst = true;
        if (marks == SegmentMarks.None) return;
        if ((marks & SegmentMarks.Retransmission) != 0) Retransmissions++;
        if ((marks & SegmentMarks.FastRetransmission) != 0) FastRetransmissions++;
        if ((marks & SegmentMarks.SpuriousRetransmission) != 0) SpuriousRetransmissions++;
        if ((marks & SegmentMarks.OutOfOrder) != 0) OutOfOrder++;
        if ((marks & SegmentMarks.Gap) != 0) Gaps++;
        if ((marks & SegmentMarks.AckOfUnseen) != 0) AcksOfUnseen++;
        if ((marks & SegmentMarks.DuplicateAck) != 0) DuplicateAcks++;
        if ((marks & SegmentMarks.ZeroWindow) != 0) ZeroWindows++;
        // Wireshark counts a probe without a byte of its own with the keep-alives.
        if ((marks & (SegmentMarks.ZeroWindowProbe | SegmentMarks.KeepAlive)) == SegmentMarks.ZeroWindowProbe) ZeroWindowProbes++;
        if ((marks & SegmentMarks.WindowFull) != 0) WindowFulls++;
        if ((marks & SegmentMarks.WindowUpdate) != 0) WindowUpdates++;
        if ((marks & SegmentMarks.KeepAlive) != 0) KeepAlives++;
        if ((marks & SegmentMarks.Cut) != 0) CutPackets++;
        if ((marks & SegmentMarks.Copy) != 0) Copies++;
    }
}
