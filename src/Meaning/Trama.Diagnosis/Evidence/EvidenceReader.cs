using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>Goes through the segments of a chapter once, and says of each what it was.</summary>
internal sealed class EvidenceReader
{
    /// <summary>Clocks of timestamps tick at least every 10 ms in systems in use (RFC 7323 section 5.4: 1 ms to 1 s).</summary>
    private const long ClockTickNs = 10 * Thresholds.Millisecond;

    /// <summary>
    /// Two packets with the same timestamps, this close, are one packet twice: a retransmission timer takes 200 ms at least
    /// (RFC 6298 section 2.4 asks for 1 s).
    /// </summary>
    private const long CopyNs = 100 * Thresholds.Millisecond;

    /// <summary>One acknowledgement may be repeated by chance; two tell of a hole (RFC 5681 section 3.2 resends at three).</summary>
    private const int DuplicateAcks = 2;

    /// <summary>The shortest frame of Ethernet has room for so many bytes behind the headers of IPv4 and TCP (46 less 40).</summary>
    private const int PaddingBytes = 6;

    private const TcpFlags Control = TcpFlags.Syn | TcpFlags.Fin;

    private readonly ConnectionEvidence _evidence;
    private readonly List<Hole>[] _reported = [[], []];
    private readonly List<int>[] _unacknowledged = [[], []];
    private readonly int[] _duplicates = new int[2];
    private readonly long[] _reportedBefore = [long.MinValue, long.MinValue];

    private EvidenceReader(ConnectionEvidence evidence) => _evidence = evidence;

    public static void Read(ConnectionEvidence evidence)
    {
        var reader = new EvidenceReader(evidence);
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        for (int i = 0; i < segments.Length; i++)
        {
            ref readonly TracedSegment segment = ref segments[i];
            if ((segment.Flags & TcpFlags.Rst) != 0) continue;
            if (segment.Acknowledgement is { } acknowledgement) reader.TakeAcknowledgement(i, segment, acknowledgement);
            int length = segment.Length + ((segment.Flags & Control) != 0 ? 1 : 0);
            if (length > 0) reader.TakeSent(i, segment, length);
            else reader.TakeStanding(i, segment);
        }
    }

    private static long Unwrap(uint value, long near) => near + (int)(value - (uint)near);

    private void TakeSent(int index, in TracedSegment segment, int length)
    {
        StreamEvidence stream = _evidence.Stream(segment.From);
        long start = Unwrap(segment.Sequence, stream.Any ? stream.Next : segment.Sequence), end = start + length;
        if ((segment.Marks & (SegmentMarks.KeepAlive | SegmentMarks.ZeroWindowProbe)) != 0)
        {
            stream.Add(new Transmission(index, start, end, SentAs.Probe, -1));
            return;
        }

        if (!stream.Any || start >= stream.Next)
        {
            if (stream.Any && start > stream.Next) stream.Holes.Add(new Hole(stream.Next, start, index));
            // Its sender stood after it before: it had been sent already.
            bool wasAnnounced = stream.Any && start < stream.Announced;
            // Before the capture, where the other side had reported its arrival before anything was seen.
            bool wasReported = start < _reportedBefore[(int)segment.From];
            SentAs sentAs = wasReported ? SentAs.Refilled : !wasAnnounced ? SentAs.New
                : IsLate(segment, new Hole(start, end, stream.Announcer)) ? SentAs.Late : SentAs.Refilled;
            stream.Add(new Transmission(index, start, end, sentAs, -1));
        }
        else if (TryFill(stream, start, end, out Hole hole))
        {
            // Within one tick of the capture's clock nobody knows which was first.
            SentAs filled = segment.At == _evidence.Segments[hole.Opener].At ? SentAs.New : IsLate(segment, hole) ? SentAs.Late
                : SentAs.Refilled;
            stream.Add(new Transmission(index, start, end, filled, -1));
        }
        else
        {
            int original = stream.Find(start, stream.Sent.Length);
            bool isCopy = original >= 0 && IsCopy(index, segment, stream.Sent[original], end);
            if (!isCopy)
            {
                if (_unacknowledged[(int)segment.From] is { Count: < Thresholds.Reach } places) places.Add(stream.Sent.Length);
                if (end <= stream.Acknowledged) stream.Needless.Add(stream.Sent.Length);
            }

            stream.Add(new Transmission(index, start, end, isCopy ? SentAs.Copy : SentAs.Again, original));
        }

        if (end > stream.Next) stream.Next = end;
    }

    // An acknowledgement alone stands after all that its sender has sent.
    private void TakeStanding(int index, in TracedSegment segment)
    {
        StreamEvidence stream = _evidence.Stream(segment.From);
        long at = Unwrap(segment.Sequence, stream.Next);
        if (stream.Any && at > stream.Announced) (stream.Announced, stream.Announcer) = (at, index);
    }

    private static bool TryFill(StreamEvidence stream, long start, long end, out Hole filled)
    {
        for (int i = stream.Holes.Count - 1, last = Math.Max(0, i - Thresholds.Reach); i >= last; i--)
        {
            Hole hole = filled = stream.Holes[i];
            if (end <= hole.Start || start >= hole.End) continue;
            stream.Holes.RemoveAt(i);
            if (hole.End > end) stream.Holes.Insert(i, hole with { Start = end });
            if (hole.Start < start) stream.Holes.Insert(i, hole with { End = start });
            return true;
        }

        filled = default;
        return false;
    }

    // Sent before the segment that showed the hole, or after it?
    private bool IsLate(in TracedSegment segment, in Hole hole)
    {
        ref readonly TracedSegment opener = ref _evidence.Segments[hole.Opener];
        if (_evidence.Identifications(segment.From).CountUp && segment.IpIdentification != 0 && opener.IpIdentification != 0)
            return Identifications.Step(opener.IpIdentification, segment.IpIdentification) < 0;
        long elapsedNs = segment.At - opener.At;
        if (segment.Timestamps is { } own && opener.Timestamps is { } others)
        {
            int ticks = (int)(own.Value - others.Value);
            if (ticks != 0) return ticks < 0;
            // Sent within a tick of each other, and seen further apart: it was on the way for longer.
            if (elapsedNs > ClockTickNs) return true;
        }

        return elapsedNs < _evidence.RttNs * Thresholds.SoonShare;
    }

    // The same packet, not the same bytes sent again?
    private bool IsCopy(int index, in TracedSegment segment, in Transmission original, long end)
    {
        ref readonly TracedSegment first = ref _evidence.Segments[original.Index];
        if (original.End != end || first.Sequence != segment.Sequence || first.Acknowledgement != segment.Acknowledgement
            || first.Window != segment.Window) return false;
        if (first.Timestamps != segment.Timestamps) return false;
        if (!_evidence.IsIpv6 && first.IpIdentification != segment.IpIdentification) return false;
        // Within a round trip, and before any word of the other side, nothing tells a sender to send again.
        long elapsedNs = segment.At - first.At;
        if (elapsedNs < Thresholds.SoonestResendNs && !_evidence.HasBetween(1 - segment.From, original.Index, index)) return true;
        bool isKnownById = !_evidence.IsIpv6 && segment.IpIdentification != 0 && _evidence.Identifications(segment.From).CountUp;
        return isKnownById || elapsedNs < (segment.Timestamps is null ? _evidence.RttNs * Thresholds.SoonShare : CopyNs);
    }

    private void TakeAcknowledgement(int index, in TracedSegment segment, uint acknowledgement)
    {
        Side sender = 1 - segment.From;
        StreamEvidence stream = _evidence.Stream(sender);
        long upTo = Unwrap(acknowledgement, stream.Acknowledged ?? (stream.Any ? stream.Next : acknowledgement));
        if (segment.Sack is { } sack)
        {
            long left = Unwrap(sack.Left, upTo), right = Unwrap(sack.Right, upTo);
            if (right <= upTo) TakeRepeated(stream, left, right, index);
            else if (left > upTo) TakeHole(stream, upTo, left, index);
            if (!stream.Any && _evidence.BeginsMidway) _reportedBefore[(int)sender] = Math.Max(_reportedBefore[(int)sender], right);
        }

        else if ((segment.Marks & SegmentMarks.DuplicateAck) != 0 && ++_duplicates[(int)sender] >= DuplicateAcks)
        {
            // Without selective acknowledgements, or where the snapshot length cut them off.
            TakeHole(stream, upTo, upTo + 1, index);
        }

        // Data that came with the SYN and was not taken (RFC 7413 section 4.2.2) is sent as if for the first time.
        bool refuses = (segment.Flags & TcpFlags.Syn) != 0 && stream.Sent is [{ End: var end, Start: var start }] && upTo == start + 1
            && end > upTo;
        if (refuses) stream.Shorten(0, upTo);
        // Nobody acknowledges a part of so short a segment: the rest is padding that a device counted as data.
        bool isPadded = stream.Sent is [.., { } last] && last.Start < upTo && last.End > upTo && last.End - last.Start <= PaddingBytes;
        if (isPadded) stream.Shorten(stream.Sent.Length - 1, upTo);
        if (upTo <= stream.Acknowledged) return;
        stream.Acknowledged = upTo;
        _duplicates[(int)sender] = 0;
        CloseHoles(stream, upTo, index);
        CloseRetransmissions(stream, upTo, index);
    }

    // RFC 2883: the first block below the acknowledgement is what came twice.
    private static void TakeRepeated(StreamEvidence stream, long left, long right, int index)
    {
        for (int place = stream.Sent.Length - 1, last = Math.Max(0, place - Thresholds.Reach); place >= last; place--)
        {
            ref readonly Transmission sent = ref stream.Sent[place];
            if (sent.Start >= right || sent.End <= left || sent.As == SentAs.Late) continue;
            stream.HasRepeats = true;
            if (sent.As is SentAs.Again or SentAs.Refilled) stream.Needless.Add(place);
            if (sent.As == SentAs.New) stream.CopiesBeyond.Add(index);
            return;
        }
    }

    private void TakeHole(StreamEvidence stream, long start, long end, int index)
    {
        List<Hole> holes = _reported[(int)stream.From];
        if (holes.Count == Thresholds.Reach || holes.Exists(h => h.Start == start)) return;
        // What the vantage point itself has not seen was lost or overtaken before it.
        int place = stream.Find(start, stream.Sent.Length);
        // Nor does it know, where it lacks what came after that, whether it saw the first transmission or a later one.
        if (place < 0 || (end > start + 1 ? stream.Find(end, stream.Sent.Length) < 0 : stream.Next <= stream.Sent[place].End)) return;
        holes.Add(new Hole(start, end, index));
    }

    private void CloseHoles(StreamEvidence stream, long upTo, int index)
    {
        List<Hole> holes = _reported[(int)stream.From];
        for (int i = holes.Count - 1; i >= 0; i--)
        {
            Hole hole = holes[i];
            if (hole.Start >= upTo) continue;
            holes.RemoveAt(i);
            int place = stream.Find(hole.Start, stream.Sent.Length);
            if (place < 0) continue;
            Transmission last = stream.Sent[place];
            bool isResent = last.As is SentAs.Again or SentAs.Refilled;
            if (isResent && !IsTooSoon(last, stream, index)) continue;
            // In a file that had to be put in order, packets of one tick of its clock have none.
            if (_evidence.IsReordered && _evidence.Segments[index].At == _evidence.Segments[hole.Opener].At) continue;
            stream.OvertakenBeyond.Add(index);
            if (isResent) stream.Needless.Add(place);
        }
    }

    private void CloseRetransmissions(StreamEvidence stream, long upTo, int index)
    {
        List<int> places = _unacknowledged[(int)stream.From];
        for (int i = places.Count - 1; i >= 0; i--)
        {
            Transmission sent = stream.Sent[places[i]];
            if (sent.End > upTo) continue;
            if (IsTooSoon(sent, stream, index)) stream.Needless.Add(places[i]);
            places.RemoveAt(i);
        }
    }

    // An acknowledgement that comes sooner than one of this transmission could answers an earlier one.
    private bool IsTooSoon(in Transmission sent, StreamEvidence stream, int index)
    {
        long elapsedNs = _evidence.Segments[index].At - _evidence.Segments[sent.Index].At;
        return elapsedNs < _evidence.Vantage.LegTo(1 - stream.From) * Thresholds.TooSoonShare;
    }
}
