using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>
/// Says what is noteworthy about a segment, given those before it. The words mean what they mean to Wireshark, so that
/// figures compare; docs/trace.md tells where they differ and why.
/// </summary>
internal static class SegmentAnalysis
{
    // Without a measured handshake: nearer than this to the segment it follows, it overtook or was overtaken.
    private const long ReorderingNs = 3_000_000;

    // A fast retransmission follows the duplicate acknowledgements at once.
    private const long FastNs = 20_000_000;

    private const TcpFlags Control = TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst;

    /// <param name="segment">The segment.</param>
    /// <param name="own">The direction it belongs to.</param>
    /// <param name="other">The other one.</param>
    /// <param name="handshakeNs">The handshake's round trip; absent when it was not seen.</param>
    public static SegmentMarks Judge(in TcpSegment segment, TrackedStream own, TrackedStream other, long? handshakeNs)
    {
        SegmentMarks marks = segment.IsCut ? SegmentMarks.Cut : SegmentMarks.None;
        TcpFlags flags = segment.Flags;
        bool isControl = (flags & Control) != 0;
        int window = segment.Window;
        if (window == 0 && !isControl) marks |= SegmentMarks.ZeroWindow;
        if (!own.HasNext) return marks;

        int length = segment.PayloadLength;
        int ahead = segment.Sequence - own.Next;
        if (ahead > 0 && (flags & TcpFlags.Rst) == 0) marks |= SegmentMarks.Gap;
        if (!isControl)
        {
            if (length == 1 && ahead == 0 && other is { HasNext: true, Window: 0 }) return marks | SegmentMarks.ZeroWindowProbe;
            // A single byte that still waits for its acknowledgement is sent again in earnest.
            bool waits = length == 1 && other.HasAcknowledged && other.Acknowledgement <= segment.Sequence;
            // Linux asks for a window with what looks like a keep-alive: the number before the next, with no byte or one.
            if (length <= 1 && ahead == -1 && !waits) return marks | SegmentMarks.KeepAlive | (other is { HasNext: true, Window: 0 }
                ? SegmentMarks.ZeroWindowProbe : SegmentMarks.None);
            if (length > 0) marks |= JudgeFlight(segment, other);
            else if (ahead == 0) marks |= JudgeAcknowledgement(segment.Acknowledgement, window, own, other);
        }

        if (ahead < 0 && (length > 0 || (flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0))
            marks |= JudgeRepetition(segment, own, other, handshakeNs ?? ReorderingNs);
        return marks;
    }

    // Data that goes exactly up to the edge of the receiver's window.
    private static SegmentMarks JudgeFlight(in TcpSegment segment, TrackedStream other)
    {
        if (!other.HasAcknowledged || !other.Counters.Syn) return SegmentMarks.None;
        int left = other.Acknowledgement + other.ScaledWindow - (segment.Sequence + segment.PayloadLength);
        return left == 0 ? SegmentMarks.WindowFull : SegmentMarks.None;
    }

    // An acknowledgement without data, where the sender stands.
    private static SegmentMarks JudgeAcknowledgement(SequenceNumber acknowledgement, int window, TrackedStream own, TrackedStream other)
    {
        bool repeats = own.HasAcknowledged && acknowledgement == own.Acknowledgement;
        if (window == 0)
        {
            bool probed = (other.LastMarks & (SegmentMarks.ZeroWindowProbe | SegmentMarks.KeepAlive)) == SegmentMarks.ZeroWindowProbe;
            bool takes = own.HasAcknowledged && acknowledgement - own.Acknowledgement == 1;
            return probed && own.Window == 0 && (repeats || takes) ? SegmentMarks.ZeroWindowProbeAck : SegmentMarks.None;
        }

        if (!repeats) return SegmentMarks.None;
        if (window != own.Window) return SegmentMarks.WindowUpdate;
        return (other.LastMarks & SegmentMarks.KeepAlive) != 0 ? SegmentMarks.KeepAliveAck : SegmentMarks.DuplicateAck;
    }

    // Sequence numbers that were passed already.
    private static SegmentMarks JudgeRepetition(in TcpSegment segment, TrackedStream own, TrackedStream other, long reorderingNs)
    {
        const SegmentMarks Fast = SegmentMarks.Retransmission | SegmentMarks.FastRetransmission;
        SequenceNumber start = segment.Sequence;
        SequenceNumber end = start + segment.PayloadLength;
        // A keep-alive with a byte of data comes one byte early, and so does what follows a zero window probe.
        bool mayBeNew = segment.PayloadLength > 1 && own.Next - start == 1;
        if (segment.PayloadLength > 0 && other.HasAcknowledged && end <= other.Acknowledgement)
            return SegmentMarks.Retransmission | SegmentMarks.SpuriousRetransmission;
        if (mayBeNew) return SegmentMarks.None;
        if (other is { HasAcknowledged: true, DuplicateAcks: >= 2 } && other.Acknowledgement == start
            && segment.Timestamp - other.AcknowledgedAt < FastNs)
            return Fast;
        if ((segment.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0) end += 1;
        // What this capture has seen before was not overtaken, however soon it is sent again.
        bool wasSeen = own.Assembler.HasAll(start, end < own.Next ? end : own.Next);
        return !wasSeen && segment.Timestamp - own.NextAt < reorderingNs && end != own.Next
            ? SegmentMarks.OutOfOrder : SegmentMarks.Retransmission;
    }
}
