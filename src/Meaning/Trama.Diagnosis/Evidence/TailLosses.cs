using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>
/// Finds segments that were lost before the vantage point and sent again by a timer, so that no hole was ever seen: the silence
/// before them tells, and what the sender's packets counted meanwhile.
/// </summary>
internal static class TailLosses
{
    /// <summary>A timer that was measured on this path is no longer than this and two round trips…</summary>
    private const long MeasuredTimerNs = 450 * Thresholds.Millisecond;

    /// <summary>…and one that was not is a second (RFC 6298 section 2.1).</summary>
    private const long InitialTimerNs = 1000 * Thresholds.Millisecond;

    /// <summary>How late a timer fires at most: ticks of 4 ms, and what else there is to do.</summary>
    private const long TimerLateNs = 15 * Thresholds.Millisecond;

    /// <summary>A side that pauses for this long at other times too has its own rhythm.</summary>
    private const long RhythmNs = 50 * Thresholds.Millisecond;

    /// <summary>
    /// The first retransmission comes within this on any path that is in use (RFC 6298 section 2.1: a second before anything is
    /// measured).
    /// </summary>
    private const long LongestTimerNs = 1500 * Thresholds.Millisecond;

    /// <summary>In the middle of a write a timer may be seen so much later: the path is busy then.</summary>
    private const long MidWriteLateNs = 50 * Thresholds.Millisecond;

    public static void Read(ConnectionEvidence evidence, List<Loss> losses)
    {
        foreach (StreamEvidence stream in evidence.Streams)
        {
            if (!evidence.Vantage.IsAwayFrom(stream.From)) continue;
            // Of a path whose round trip nobody knows, no silence tells.
            bool isMeasured = evidence.Connection.HandshakeNs is not null || evidence.Vantage.HasBothLegs;
            var beats = new List<Loss>();
            bool hasRhythm = false;
            for (int place = 1; place < stream.Sent.Length; place++)
            {
                Transmission sent = stream.Sent[place];
                if (sent.As != SentAs.New || evidence.Segments[sent.Index].Length == 0) continue;
                long silenceNs = evidence.Segments[sent.Index].At - evidence.Segments[LastNews(evidence, sent.Index)].At;
                if (silenceNs < RhythmNs + evidence.RttNs || stream.Holes.Exists(h => h.Opener == sent.Index)) continue;
                if (!WasSentLate(evidence, sent, silenceNs)) continue;
                var loss = new Loss(stream.From, place, true, LossTrigger.Timeout, silenceNs);
                if (IsCounted(evidence, sent, silenceNs) is { } counted)
                {
                    if (counted) losses.Add(loss);
                }
                else if (!isMeasured)
                {
                    continue;
                }
                else if (IsUnacknowledged(evidence, sent, silenceNs))
                {
                    losses.Add(loss);
                }
                else if (IsBeat(evidence, sent, silenceNs))
                {
                    beats.Add(loss);
                }
                else
                {
                    hasRhythm = true;
                }
            }

            if (!hasRhythm && beats.Count == 1) losses.AddRange(beats);
        }
    }

    // By the sender's own clock: what was only long on the way bears an early time.
    private static bool WasSentLate(ConnectionEvidence evidence, in Transmission sent, long silenceNs)
    {
        ref readonly TracedSegment late = ref evidence.Segments[sent.Index];
        int previous = evidence.LastPayloadBefore(late.From, sent.Index);
        if (previous < 0 || late.Timestamps is not { } own || evidence.Segments[previous].Timestamps is not { } before) return true;
        long sentApartNs = (int)(own.Value - before.Value) * SenderClock.TickNs(evidence.Segments, late.From);
        return sentApartNs == 0 || sentApartNs >= Math.Min(silenceNs, Thresholds.TimerNs) - TimerLateNs;
    }

    // The last segment before a place that was more than an acknowledgement or something sent again.
    private static int LastNews(ConnectionEvidence evidence, int index)
    {
        int last = index - 1;
        while (last > 0 && (evidence.Segments[last].Length == 0
            || (evidence.Segments[last].Marks & SegmentMarks.Retransmission) != 0)) last--;
        return evidence.Segments[last].Length > 0 ? last : index - 1;
    }

    // Whether the sender's packets count on over what is missing; null when they do not count.
    private static bool? IsCounted(ConnectionEvidence evidence, in Transmission sent, long silenceNs)
    {
        ref readonly TracedSegment late = ref evidence.Segments[sent.Index];
        if (!evidence.Identifications(late.From).CountUp) return null;
        int previous = sent.Index - 1, seen = 1;
        for (; previous >= 0; previous--)
        {
            ref readonly TracedSegment segment = ref evidence.Segments[previous];
            if (segment.From != late.From || segment.IpIdentification == 0) continue;
            if (segment.Length > 0 || late.At - segment.At > silenceNs) break;
            seen++;
        }

        if (previous < 0) return null;
        int losses = Identifications.Step(evidence.Segments[previous].IpIdentification, late.IpIdentification) - seen;
        // So many losses of one segment, each after twice the silence before: the first after a timer, as it is before and after measuring.
        if (losses is <= 0 or >= 5) return false;
        long firstNs = silenceNs / ((1 << losses) - 1);
        bool isMeasured = silenceNs > Thresholds.TimerNs * losses && firstNs < MeasuredTimerNs + 2 * evidence.RttNs,
            isInitial = Math.Abs(firstNs - InitialTimerNs) < InitialTimerNs / 8;
        return isMeasured || isInitial;
    }

    // A reply that comes later than any delayed acknowledgement, with none before it: both were lost, once, or twice in a row.
    private static bool IsUnacknowledged(ConnectionEvidence evidence, in Transmission sent, long silenceNs)
    {
        bool isReply = evidence.Segments[sent.Index].From == Side.Server && Answers(evidence, sent);
        if (!isReply || ThinksAsLong(evidence, silenceNs)) return false;
        long pauseNs = silenceNs - evidence.Vantage.LegToServerNs, twoTripsNs = 2 * evidence.RttNs;
        if (pauseNs <= evidence.RttNs * Thresholds.SoonShare + Thresholds.TimerFloorNs) return false;
        return pauseNs < MeasuredTimerNs + twoTripsNs || Math.Abs(pauseNs - InitialTimerNs) < InitialTimerNs / 8
            || pauseNs / 3 < Thresholds.TimerFloorNs + twoTripsNs + TimerLateNs;
    }

    // Whether the server took half as long, or longer, for a reply to what it had acknowledged before: then it thinks here, too, and the
    // capture lacks the acknowledgement.
    private static bool ThinksAsLong(ConnectionEvidence evidence, long silenceNs)
    {
        for (int i = 1; i < evidence.Turns.Count; i++)
        {
            (Turn request, Turn reply) = (evidence.Turns[i - 1], evidence.Turns[i]);
            if (reply.From != Side.Server || reply.FirstAt - request.LastAt < silenceNs / 2) continue;
            for (int place = request.Last + 1; place < reply.First; place++)
            {
                ref readonly TracedSegment segment = ref evidence.Segments[place];
                if (segment.From == Side.Server && segment.Acknowledgement == (uint)request.End) return true;
            }
        }

        return false;
    }

    // A timer's beat: the round trip and the least that timers add; twice with a tail loss probe before.
    private static bool IsBeat(ConnectionEvidence evidence, in Transmission sent, long silenceNs)
    {
        ref readonly TracedSegment last = ref evidence.Segments[sent.Index - 1];
        Side from = evidence.Segments[sent.Index].From;
        // What was acknowledged by itself was with the server: it thinks.
        if (from == Side.Server && last.From == from && last.Length == 0) return false;
        long beatNs = evidence.RttNs + Thresholds.TimerFloorNs, pauseNs = silenceNs
            - (Answers(evidence, sent) ? evidence.Vantage.LegTo(from) : 0);
        // Since its acknowledgement of what it answers, where there was one.
        if (last.From == from && last.Length == 0) pauseNs = evidence.Segments[sent.Index].At - last.At;
        int before = evidence.LastPayloadBefore(from, sent.Index);
        bool isMidWrite = before > evidence.LastPayloadBefore(1 - from, sent.Index)
            && evidence.Segments[before].Length >= evidence.FullSize;
        long lateNs = isMidWrite ? MidWriteLateNs : TimerLateNs;
        return IsAfter(pauseNs, beatNs, lateNs) || IsAfter(pauseNs, 2 * beatNs, lateNs);
    }

    private static bool IsAfter(long pauseNs, long beatNs, long lateNs) =>
        pauseNs >= beatNs - Thresholds.OwnHostNs && pauseNs < beatNs + lateNs;

    // Whether a segment is the first to acknowledge what came before it.
    private static bool Answers(ConnectionEvidence evidence, in Transmission sent)
    {
        ref readonly TracedSegment last = ref evidence.Segments[sent.Index - 1];
        return last.From != evidence.Segments[sent.Index].From && last.Length > 0
            && evidence.Segments[sent.Index].Acknowledgement == last.Sequence + (uint)last.Length;
    }
}
