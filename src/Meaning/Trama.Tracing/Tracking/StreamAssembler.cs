using Trama.Packets;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>
/// Puts the payloads of one direction in order: each byte once, the first copy of it, holes named. Positions are offsets from
/// the start of the stream, 64 bits wide; sequence numbers wrap, offsets do not.
/// </summary>
internal sealed class StreamAssembler(Side from, StreamCounters counters, StreamOutlet outlet, TrackerContext context)
{
    // Further than any window reaches (RFC 7323 section 2.3): such a sequence number belongs to no byte of this stream.
    private const int MaxDistance = 1 << 30;

    private PendingRuns? _pending;
    private UnacknowledgedBytes _given;
    private SequenceNumber _expected;
    private long _acknowledged;
    private Timestamp _acknowledgedAt;
    private SequenceNumber? _lastAcknowledgement;
    private long _fin = long.MaxValue;

    /// <summary>Whether the stream's place among the sequence numbers is known.</summary>
    public bool HasOrigin { get; private set; }

    /// <summary>The sequence number before the first byte: the SYN's.</summary>
    public SequenceNumber Origin { get; private set; }

    /// <summary>How far the stream is complete, in bytes, given-up ones included.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether the stream is complete up to its FIN.</summary>
    public bool IsFinished => Offset >= _fin;

    /// <summary>Whether the stream waits for bytes.</summary>
    public bool HasHole => _pending is { IsEmpty: false };

    /// <summary>Sets the sequence number before the first byte; no matter once a byte came.</summary>
    public void Begin(SequenceNumber origin)
    {
        if (Offset > 0 || HasHole) return;
        (HasOrigin, Origin, _expected) = (true, origin, origin + 1);
    }

    /// <summary>The offset of a sequence number: of the nearer of the two that wrap-around allows.</summary>
    public long OffsetOf(SequenceNumber sequence) => Offset + (sequence - _expected);

    /// <summary>Whether no byte between two sequence numbers is still to come.</summary>
    public bool HasAll(SequenceNumber from, SequenceNumber to)
    {
        (long start, long end) = (Math.Max(OffsetOf(from), Offset), Math.Min(OffsetOf(to), _fin));
        return end <= start || (_pending?.Covers(start, end) ?? false);
    }

    /// <summary>Takes a payload.</summary>
    /// <returns>False when its place is too far away to belong to the stream.</returns>
    public bool Add(SequenceNumber sequence, ReadOnlySpan<byte> bytes, int wireLength, PacketStamp packet)
    {
        int distance = sequence - _expected;
        if (distance is > MaxDistance or < -MaxDistance)
        {
            if (!TryCatchUp(sequence, packet)) return false;
            distance = 0;
        }

        long start = Offset + distance;
        long end = Math.Min(start + wireLength, _fin);
        if (start < Offset) counters.ContradictedBytes += _given.Differences(start, bytes);
        if (end <= Math.Max(start, Offset)) return true;
        if (start < Offset)
        {
            bytes = bytes[(int)Math.Min(Offset - start, bytes.Length)..];
            start = Offset;
        }

        wireLength = (int)(end - start);
        if (bytes.Length > wireLength) bytes = bytes[..wireLength];
        if (start == Offset && _pending is null or { IsEmpty: true })
        {
            counters.StreamBytes += wireLength;
            Deliver(bytes, wireLength, packet);
            return true;
        }

        AddLater(start, bytes, wireLength, packet);
        return true;
    }

    // Takes bytes that lie behind a hole, or behind others that do.
    private void AddLater(long start, ReadOnlySpan<byte> bytes, int wireLength, PacketStamp packet)
    {
        _pending ??= new PendingRuns(context.Budgets.Bytes);
        counters.StreamBytes += _pending.Add(start, bytes, wireLength, packet, out int contradicted);
        counters.ContradictedBytes += contradicted;
        GiveUpAcknowledged(packet);
        Drain();
        while (HasHole && (_pending.Cost > context.Options.MaxOutOfOrderBytes || context.Budgets.Bytes.IsSpent))
        {
            counters.LimitedBytes += _pending.First.Start - Offset;
            GiveUp(_pending.First.Start, GapReason.Limit, packet);
            Drain();
        }
    }

    /// <summary>Notes where the stream ends: bytes beyond are none of it.</summary>
    public void Finish(SequenceNumber fin) => _fin = Math.Max(Offset, Math.Min(_fin, OffsetOf(fin)));

    /// <summary>Notes that the other side has everything before a sequence number.</summary>
    /// <returns>Whether that is more than the capture has, and more than was known before.</returns>
    public bool Acknowledge(SequenceNumber acknowledgement, PacketStamp packet)
    {
        int distance = acknowledgement - _expected;
        if (context.Options.CompareRepeats && distance is > -MaxDistance and <= MaxDistance)
            _given.Acknowledge(Offset + distance, context.Budgets.Bytes);
        if (distance <= 0 && distance > -MaxDistance) return false;
        _lastAcknowledgement = acknowledgement;
        if (distance is < 0 or > MaxDistance) return false;
        long acknowledged = Math.Min(Offset + distance, _fin);
        bool isNews = acknowledged > Math.Max(_acknowledged, Offset);
        if (_acknowledged <= Offset) _acknowledgedAt = packet.At;
        _acknowledged = Math.Max(_acknowledged, acknowledged);
        if (HasHole)
        {
            GiveUpAcknowledged(packet);
            Drain();
        }

        return isNews;
    }

    /// <summary>
    /// The other side speaks: what it acknowledged is over, seen or not. A single unseen number stays open, since it may be a
    /// FIN.
    /// </summary>
    public void Yield(PacketStamp packet)
    {
        if (_acknowledged > Offset + 1 && IsLate(packet.At)) GiveUp(_acknowledged, GapReason.NotCaptured, packet);
    }

    /// <summary>Nothing more comes: names the holes and gives what lies behind them.</summary>
    public void Complete(PacketStamp packet)
    {
        while (HasHole)
        {
            GiveUp(_pending!.First.Start, GapReason.Unseen, packet);
            Drain();
        }

        if (_acknowledged > Offset + 1) GiveUp(_acknowledged, GapReason.NotCaptured, packet);
        _given.Release(context.Budgets.Bytes);
    }

    private void GiveUpAcknowledged(PacketStamp packet)
    {
        if (_acknowledged > Offset && IsLate(packet.At)) GiveUp(Math.Min(_acknowledged, _pending!.First.Start),
            GapReason.NotCaptured, packet);
    }

    // Acknowledged bytes were sent before; a capture that keeps order has shown them by now, another will in a moment.
    private bool IsLate(Timestamp at) => context.IsOrderKept || at - _acknowledgedAt > CaptureOrder.MaxDisorderNs;

    // The capture passed over more than a window: the other side's acknowledgements show that the stream really is so far.
    private bool TryCatchUp(SequenceNumber sequence, PacketStamp packet)
    {
        if (_lastAcknowledgement is not { } acknowledgement) return false;
        if (sequence - acknowledgement is > MaxDistance or < -MaxDistance) return false;
        while (HasHole)
        {
            GiveUp(_pending!.First.Start, GapReason.NotCaptured, packet);
            Drain();
        }

        GiveUp(Offset + unchecked(sequence.Value - _expected.Value), GapReason.NotCaptured, packet);
        return true;
    }

    private void Drain()
    {
        while (HasHole && _pending!.First.Start <= Offset)
        {
            PendingRuns.Run run = _pending.Take();
            int skip = (int)Math.Min(Offset - run.Start, run.WireLength);
            if (run.WireLength > skip) Deliver(run.Bytes[Math.Min(skip, run.BufferLength)..], run.WireLength - skip, run.Packet);
            _pending.Release(run);
        }
    }

    private void Deliver(ReadOnlySpan<byte> bytes, int wireLength, PacketStamp packet)
    {
        long offset = Offset;
        Advance(bytes.Length);
        if (context.Options.CompareRepeats) _given.Add(offset, bytes, context.Budgets.Bytes);
        if (!bytes.IsEmpty) outlet.OnBytes(from, offset, bytes, packet);
        if (wireLength > bytes.Length) GiveUp(Offset + wireLength - bytes.Length, GapReason.Cut, packet);
    }

    private void GiveUp(long to, GapReason reason, PacketStamp packet)
    {
        long offset = Offset;
        long length = to - offset;
        if (length <= 0) return;
        counters.MissingBytes += length;
        Advance(length);
        outlet.OnGap(from, offset, length, reason, packet);
    }

    private void Advance(long count)
    {
        Offset += count;
        _expected = new SequenceNumber(unchecked(_expected.Value + (uint)count));
    }
}
