namespace Trama.Tracing.Findings.Evidence;

/// <summary>
/// Finds segments that were lost before the vantage point and sent again by a timer, so that no hole was ever seen: the silence
/// before them tells, and what the sender's packets counted meanwhile.
/// </summary>
internal static class TailLosses
{
    public static void Read(ConnectionEvidence evidence, List<Loss> losses)
    {
        foreach (StreamEvidence stream in evidence.Streams)
        {
            for (int place = 1; place < stream.Sent.Length; place++)
            {
                Transmission sent = stream.Sent[place];
                if (sent.As != SentAs.New || evidence.Segments[sent.Index].Length == 0 || evidence.Vantage.LegTo(stream.From) == 0) continue;
                long silenceNs = evidence.Segments[sent.Index].At - evidence.Segments[sent.Index - 1].At;
                if (silenceNs < Thresholds.TimerNs || stream.Holes.Exists(h => h.Opener == sent.Index)) continue;
                if (IsTimers(evidence, stream, sent, silenceNs)) losses.Add(new Loss(stream.From, place, true, LossTrigger.Timeout, silenceNs));
            }
        }
    }

    private static bool IsTimers(ConnectionEvidence evidence, StreamEvidence stream, in Transmission sent, long silenceNs)
    {
        TracedSegment late = evidence.Segments[sent.Index];
        TracedSegment? previous = null;
        for (int i = sent.Index - 1; i >= 0 && previous is null; i--)
            if (evidence.Segments[i].From == stream.From) previous = evidence.Segments[i];
        if (previous is not { } before) return false;
        if (evidence.Identifications(stream.From).CountUp && before.IpIdentification != 0)
            return Identifications.Step(before.IpIdentification, late.IpIdentification) is > 1 and < Thresholds.IdentificationStep;
        // A reply that takes longer than any delayed acknowledgement, with none before it: both were lost.
        TracedSegment last = evidence.Segments[sent.Index - 1];
        bool answers = last.From != stream.From && last.Length > 0 && late.Acknowledgement == last.Sequence + (uint)last.Length;
        if (answers && stream.From == Side.Server) return silenceNs > evidence.Vantage.LegToServerNs + Thresholds.LongestQuietNs;
        // A timer's beat: the round trip and the least that timers add, once or twice.
        long beatNs = evidence.RttNs + Thresholds.TimerFloorNs, pauseNs = silenceNs - (answers ? evidence.Vantage.LegTo(stream.From) : 0);
        return Math.Abs(pauseNs - beatNs) < Thresholds.BeatNs || Math.Abs(pauseNs - 2 * beatNs) < Thresholds.BeatNs || Math.Abs(pauseNs - 3 * beatNs) < Thresholds.BeatNs;
    }
}
