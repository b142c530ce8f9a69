using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>What is remembered of one direction of a connection to judge its next segment.</summary>
internal sealed class TrackedStream(Side from, StreamCounters counters, StreamAssembler assembler)
{
    /// <summary>Recognises segments seen before at another place.</summary>
    public Sightings Sightings;

    /// <summary>The segments that wait for an acknowledgement.</summary>
    public SentSegments Sent;

    /// <summary>Round trip times from the vantage point to the receiver of this direction.</summary>
    public RttSamples Rtt;

    public Side From { get; } = from;

    public StreamCounters Counters { get; } = counters;

    public StreamAssembler Assembler { get; } = assembler;

    /// <summary>Whether any segment was seen.</summary>
    public bool HasNext { get; set; }

    /// <summary>The sequence number after the highest one sent.</summary>
    public SequenceNumber Next { get; set; }

    /// <summary>When the highest one was sent.</summary>
    public Timestamp NextAt { get; set; }

    /// <summary>The last acknowledgement sent.</summary>
    public SequenceNumber Acknowledgement { get; set; }

    /// <summary>Whether an acknowledgement was sent.</summary>
    public bool HasAcknowledged { get; set; }

    /// <summary>When the last acknowledgement was sent.</summary>
    public Timestamp AcknowledgedAt { get; set; }

    /// <summary>How often the last acknowledgement was repeated.</summary>
    public int DuplicateAcks { get; set; }

    /// <summary>The window last advertised, unscaled.</summary>
    public int Window { get; set; }

    /// <summary>What was noteworthy about the last segment.</summary>
    public SegmentMarks LastMarks { get; set; }

    /// <summary>By how many bits windows shift: none unless both sides announced it (RFC 7323 section 2.2).</summary>
    public int WindowShift { get; set; }

    /// <summary>The window last advertised, in bytes.</summary>
    public int ScaledWindow => Window << WindowShift;

    /// <summary>Something tells the sequence number before the first byte; no matter once a byte came.</summary>
    public void Begin(SequenceNumber origin)
    {
        Assembler.Begin(origin);
        Counters.InitialSequence = Assembler.HasOrigin ? Assembler.Origin.Value : null;
    }

    /// <summary>Takes a segment into account, once it is judged.</summary>
    public void Remember(in TcpSegment segment, SegmentMarks marks)
    {
        TcpFlags flags = segment.Flags;
        int control = (flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 ? 1 : 0;
        SequenceNumber end = segment.Sequence + (segment.PayloadLength + control);
        bool isRepetition = (marks & (SegmentMarks.Retransmission | SegmentMarks.OutOfOrder)) != 0;
        if (isRepetition) Sent.Retransmitted(segment.Sequence);
        if (!HasNext || (end > Next && (marks & SegmentMarks.ZeroWindowProbe) == 0))
        {
            (HasNext, Next, NextAt) = (true, end, segment.Timestamp);
            if (segment.PayloadLength + control > 0 && !isRepetition) Sent.Sent(end, segment.Timestamp);
        }
        else if ((flags & TcpFlags.Syn) != 0)
        {
            // A repeated SYN: the answer is to the last one (SentSegments forgot the first).
            Sent.Sent(end, segment.Timestamp);
        }

        if ((flags & TcpFlags.Ack) != 0)
        {
            SequenceNumber acknowledgement = segment.Acknowledgement;
            DuplicateAcks = HasAcknowledged && acknowledgement == Acknowledgement
                ? DuplicateAcks + ((marks & SegmentMarks.DuplicateAck) != 0 ? 1 : 0)
                : 0;
            (HasAcknowledged, Acknowledgement, AcknowledgedAt) = (true, acknowledgement, segment.Timestamp);
        }

        Window = segment.Window;
        LastMarks = marks;
    }
}
