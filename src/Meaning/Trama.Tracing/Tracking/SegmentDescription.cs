using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>Describes a segment for those who draw or judge it: in numbers relative to its connection.</summary>
internal static class SegmentDescription
{
    public static TracedSegment Of(in TcpSegment segment, TrackedStream own, TrackedStream other, long packet,
        SegmentMarks marks, long? rttNs)
    {
        TcpFlags flags = segment.Flags;
        uint? acknowledgement = (flags & TcpFlags.Ack) != 0 ? (uint)(segment.Acknowledgement - other.Assembler.Origin) : null;
        int shift = (flags & TcpFlags.Syn) != 0 ? 0 : own.WindowShift;
        SegmentOptions options = SegmentOptions.Read(segment.Options);
        return new TracedSegment(
            packet, segment.Timestamp, own.From, flags, (uint)(segment.Sequence - own.Assembler.Origin), acknowledgement,
            segment.PayloadLength, segment.Window << shift, marks, rttNs)
        {
            TimeToLive = segment.TimeToLive,
            IpIdentification = segment.IpIdentification,
            PayloadNote = segment.PayloadNote,
            HasWrongChecksum = SegmentChecksum.IsWrong(segment),
            Timestamps = options.Timestamps,
            Sack = options.FirstSack is var (left, right)
                ? new SackBlock((uint)(left - other.Assembler.Origin), (uint)(right - other.Assembler.Origin)) : null,
        };
    }
}
