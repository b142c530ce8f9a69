using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>A connection that packets still come for: takes its segments, one at a time.</summary>
internal sealed class TrackedConnection
{
    private readonly TrackerContext _context;
    private readonly TrackedStream _toServer;
    private readonly TrackedStream _toClient;
    private readonly StreamOutlet _outlet;
    private Timestamp? _synAt;
    private Timestamp? _synAckAt;
    private Timestamp _lastAt;
    private long _lastPacket;

    public TrackedConnection(Connection connection, TrackerContext context)
    {
        (Connection, _context) = (connection, context);
        _lastAt = connection.OpenedAt;
        _outlet = new StreamOutlet(connection, context);
        _toServer = Follow(Side.Client, connection.ToServer);
        _toClient = Follow(Side.Server, connection.ToClient);
    }

    public Connection Connection { get; }

    /// <summary>What its sides say.</summary>
    public ConnectionMessages Messages => _outlet.Messages;

    /// <summary>Its shard.</summary>
    public TrackerContext Context => _context;

    private bool IsOver => Connection.State is ConnectionState.Closed or ConnectionState.Reset or ConnectionState.Refused;

    /// <summary>Takes the next segment.</summary>
    public void Take(in TcpSegment segment, Side from, long packet)
    {
        (TrackedStream own, TrackedStream other) = from == Side.Client ? (_toServer, _toClient) : (_toClient, _toServer);
        if (own.Sightings.IsSecond(segment))
        {
            own.Counters.SecondSights++;
            return;
        }

        _lastPacket = packet;
        if (segment.Timestamp > _lastAt) _lastAt = segment.Timestamp;
        TcpFlags flags = segment.Flags;
        Locate(segment, own, other);
        SegmentMarks marks = SegmentAnalysis.Judge(segment, own, other, Connection.HandshakeNs);
        if ((marks & ~SegmentMarks.Cut) != 0 && own.Sightings.IsCopy(segment)) marks |= SegmentMarks.Copy;
        if ((flags & TcpFlags.Syn) != 0) TakeSyn(segment, own, other);
        long? rttNs = (flags & TcpFlags.Ack) != 0 ? TakeAcknowledgement(segment, other, packet, ref marks) : null;
        own.Counters.Count(flags, segment.PayloadLength, marks);
        if (_context.Options is { KeptSegments: > 0 } or { TellSegments: true }) Keep(segment, own, other, packet, marks, rttNs);
        own.Remember(segment, marks);
        if (segment.PayloadLength > 0) TakePayload(segment, own, other, packet, marks);
        if ((flags & TcpFlags.Fin) != 0) TakeFin(segment, own, other);
        if ((flags & TcpFlags.Rst) != 0) TakeReset(segment, own);
        if (own.Counters.Fin || own.Counters.Rst) EndMessages(own, other);
    }

    /// <summary>Tells that it begins.</summary>
    public void Open() => MessageStep.Open(Messages).Take([]);

    /// <summary>The server has fallen silent: by turns, its reply is complete.</summary>
    public void EndReply() => MessageStep.EndReply(Messages).Take([]);

    /// <summary>Nothing more comes: tells what is open, and that it ends.</summary>
    public void End()
    {
        Complete();
        MessageStep.Close(Messages).Take([]);
    }

    private void Complete()
    {
        Connection.LastAt = _lastAt;
        _context.Budgets.Segments.Release(Connection.Segments.Count);
        var last = new PacketStamp(_lastPacket, _lastAt);
        _toServer.Assembler.Complete(last);
        _toClient.Assembler.Complete(last);
        MessageStep.Complete(Messages).Take([]);
        Connection.ToServer.Rtt = _toServer.Rtt.Summarize();
        Connection.ToClient.Rtt = _toClient.Rtt.Summarize();
        Connection.Rtt = Add(Connection.ToServer.Rtt, Connection.ToClient.Rtt);
        if (!_context.Options.Digests) return;
        Connection.ToServer.StreamSha256 = _outlet.Digest(Side.Client);
        Connection.ToClient.StreamSha256 = _outlet.Digest(Side.Server);
    }

    private TrackedStream Follow(Side from, StreamCounters counters) =>
        new(from, counters, new StreamAssembler(from, counters, _outlet, _context));

    // Finds the place of both streams among the sequence numbers, as soon as anything tells it.
    private static void Locate(in TcpSegment segment, TrackedStream own, TrackedStream other)
    {
        TcpFlags flags = segment.Flags;
        if ((flags & TcpFlags.Syn) != 0)
        {
            own.Begin(segment.Sequence);
            // What came before the SYN says nothing of the sequence numbers after it.
            if (!own.Counters.Syn) own.HasNext = false;
        }
        else if (!own.HasNext && (flags & TcpFlags.Rst) == 0) own.Begin(segment.Sequence + -1);
        if ((flags & TcpFlags.Ack) != 0 && !other.Assembler.HasOrigin) other.Begin(segment.Acknowledgement + -1);
    }

    private void TakeSyn(in TcpSegment segment, TrackedStream own, TrackedStream other)
    {
        bool isAnswer = (segment.Flags & TcpFlags.Ack) != 0;
        SegmentOptions announced = SegmentOptions.Read(segment.Options);
        own.Counters.MaximumSegmentSize ??= announced.MaximumSegmentSize;
        own.Counters.WindowScale ??= announced.WindowScale;
        own.Counters.WindowsAreKnown = !segment.HasCutOptions;
        if (own.Counters.WindowScale is { } ownScale && other.Counters.WindowScale is { } otherScale)
            (own.WindowShift, other.WindowShift) = (ownScale, otherScale);
        if (isAnswer) _synAckAt = segment.Timestamp;
        else _synAt = segment.Timestamp;
    }

    private long? TakeAcknowledgement(in TcpSegment segment, TrackedStream other, long packet, ref SegmentMarks marks)
    {
        SequenceNumber acknowledgement = segment.Acknowledgement;
        if (other.Assembler.Acknowledge(acknowledgement, new PacketStamp(packet, segment.Timestamp))) marks |= SegmentMarks.AckOfUnseen;
        long? rttNs = other.Sent.Acknowledged(acknowledgement, segment.Timestamp);
        if (other == _toServer)
            Messages.Acknowledgement(other.Assembler.OffsetOf(acknowledgement), segment.Timestamp, rttNs);
        // What carries data or a FIN may have waited for the program; an acknowledgement alone is the kernel's.
        if (rttNs is { } ns && segment.PayloadLength == 0 && (segment.Flags & (TcpFlags.Fin | TcpFlags.Rst)) == 0) TakeRoundTrip(other, ns);
        if (Connection.State is ConnectionState.Unanswered && other == _toServer && (segment.Flags & TcpFlags.Rst) == 0)
            Connection.State = ConnectionState.Open;
        if (Connection.HandshakeNs is null && _synAt is { } synAt && _synAckAt is not null && other == _toClient)
            Connection.HandshakeNs = segment.Timestamp - synAt;
        return rttNs;
    }

    private void TakeRoundTrip(TrackedStream to, long nanoseconds)
    {
        bool isShortest = !to.Rtt.Any || nanoseconds < to.Rtt.Min;
        to.Rtt.Add(nanoseconds);
        if (isShortest) MessageStep.Path(Messages, to.From.Other(), nanoseconds).Take([]);
    }

    private void Keep(in TcpSegment segment, TrackedStream own, TrackedStream other, long packet, SegmentMarks marks, long? rttNs)
    {
        TracingOptions wanted = _context.Options;
        bool isWanted = wanted.KeptSegments > 0 && (wanted.KeptConnection ?? Connection.Id) == Connection.Id
            && wanted.KeptOf?.Contains(segment.Timestamp) != false;
        bool isKept = isWanted && Connection.Segments.Count < wanted.KeptSegments && !_context.Budgets.Segments.IsSpent;
        if (isWanted && !isKept) Connection.OmittedSegments++;
        if (!isKept && !wanted.TellSegments) return;

        TracedSegment kept = SegmentDescription.Of(segment, own, other, packet, marks, rttNs);
        if (isKept)
        {
            Connection.Keep(kept);
            _context.Budgets.Segments.Take(1);
        }

        if (wanted.TellSegments) _context.Sink.SegmentTaken(Connection, kept, segment.Payload);
    }

    private void TakePayload(in TcpSegment segment, TrackedStream own, TrackedStream other, long packet, SegmentMarks marks)
    {
        // The payload of a RST says why (RFC 9293 section 3.5.3); it is no part of the stream.
        if ((segment.Flags & TcpFlags.Rst) != 0) return;
        SequenceNumber sequence = segment.Sequence;
        if ((segment.Flags & TcpFlags.Syn) != 0) sequence += 1;
        var stamp = new PacketStamp(packet, segment.Timestamp);
        other.Assembler.Yield(stamp);
        if ((marks & (SegmentMarks.Retransmission | SegmentMarks.Copy)) == SegmentMarks.Retransmission && own == _toServer)
            TellRetransmission(segment, own, sequence);
        // The byte of a keep-alive probe is made up (RFC 9293 section 3.8.4).
        if ((marks & SegmentMarks.KeepAlive) != 0) return;
        own.Assembler.Add(sequence, segment.Payload, segment.PayloadLength, stamp);
    }

    private void TellRetransmission(in TcpSegment segment, TrackedStream own, SequenceNumber sequence)
    {
        long start = own.Assembler.OffsetOf(sequence);
        MessageStep.Retransmission(Messages, start, start + segment.PayloadLength, segment.Timestamp).Take([]);
    }

    private void TakeFin(in TcpSegment segment, TrackedStream own, TrackedStream other)
    {
        own.Assembler.Finish(segment.Sequence + segment.PayloadLength);
        if (IsOver) return;
        Connection.ClosedBy ??= own.From;
        if (!other.Counters.Fin) return;
        Connection.State = ConnectionState.Closed;
        Connection.ClosedAt = segment.Timestamp;
    }

    private void TakeReset(in TcpSegment segment, TrackedStream own)
    {
        if (IsOver) return;
        bool refuses = Connection.State == ConnectionState.Unanswered && own == _toClient;
        Connection.State = refuses ? ConnectionState.Refused : ConnectionState.Reset;
        Connection.ClosedBy = own.From;
        Connection.ClosedAt = segment.Timestamp;
    }

    // A message that ends with its stream, and a request that gets no reply any more, are told as soon as that is certain.
    private void EndMessages(TrackedStream own, TrackedStream other)
    {
        if (own.Assembler.IsFinished) MessageStep.End(Messages, own.From).Take([]);
        bool isReset = Connection.State == ConnectionState.Reset && !own.Assembler.HasHole && !other.Assembler.HasHole;
        if (isReset || (own.Assembler.IsFinished && other.Assembler.IsFinished)) MessageStep.Complete(Messages).Take([]);
    }

    private static RoundTripTime? Add(RoundTripTime? one, RoundTripTime? other) => (one, other) switch
    {
        ({ } a, { } b) => new RoundTripTime(a.MinNs + b.MinNs, a.P50Ns + b.P50Ns, a.MaxNs + b.MaxNs),
        _ => one ?? other,
    };
}
