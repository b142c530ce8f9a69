using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>The same segment again and again, and nothing at all from the other side.</summary>
internal static class PeerVanished
{
    /// <summary>Sent again so often without any answer: the peer is gone. A tail that is lost twice still comes through.</summary>
    private const int UnansweredAttempts = 3;

    public static Rule Rule { get; } = new(FindingId.PeerVanished)
    {
        Judge = Judge,
        NeedsAcknowledgements = true,
        Explains =
        [
            FindingId.PacketLoss, FindingId.NoReply, FindingId.ResetByClient, FindingId.ResetByServer, FindingId.SlowServer,
            FindingId.RateLimited,
        ],
        NeedsOneSideOnly = true,
        BestSeen = Beside.Sender,
        Excludes = [new(FindingId.NoReply, Exclusion.NotEvenAcknowledged), new(FindingId.ZeroWindow, Exclusion.WindowWasOpen)],
    };

    /// <summary>Where the other side was not captured: so many repetitions…</summary>
    private const int RepetitionsAlone = 4;

    /// <summary>…each after a pause longer than the one before by this factor (RFC 6298 section 5.5 doubles it).</summary>
    private const double BackOff = 1.5;

    private static Finding? Judge(ConnectionEvidence evidence) => Judge(evidence, evidence.ToServer) ?? Judge(evidence, evidence.ToClient);

    private static Finding? Judge(ConnectionEvidence evidence, StreamEvidence stream)
    {
        if (!evidence.IsLast || (evidence.ToClient.Acknowledged is null && !evidence.IsOneSided)) return null;
        int lastHeard = evidence.LastFrom(1 - stream.From), attempts = 0;
        long first = -1, last = -1;
        for (int place = stream.Sent.Length - 1; place >= 0 && stream.Sent[place].Index > lastHeard; place--)
        {
            if (stream.Sent[place].As != SentAs.Again) continue;
            attempts++;
            if (last < 0) last = stream.Sent[place].Index;
            first = stream.Sent[place].Index;
        }

        if (attempts < UnansweredAttempts || (evidence.IsOneSided && !BacksOff(evidence, stream))) return null;
        // Where the other side is not seen, one that is silent and one that full-size segments do not reach look the same.
        bool isDoubtful = evidence.IsOneSided && IsFirstOfItsSize(evidence, stream);
        return new Finding(FindingId.PeerVanished, stream.From == Side.Client ? Party.Server : Party.Client,
            isDoubtful ? Severity.Warning : Severity.Error)
        {
            Confidence = isDoubtful ? Confidence.Possible : Confidence.Likely,
            Packets = [.. lastHeard >= 0 ? [evidence.PacketOf(lastHeard)] : Array.Empty<long>(), evidence.PacketOf((int)first),
                evidence.PacketOf((int)last)],
            Sender = stream.From,
            Facts =
            [
                new Fact(FactName.Count, attempts),
                new Fact(FactName.SumNs, evidence.Segments[^1].At - evidence.Segments[(int)first].At),
            ],
        };
    }

    private static bool IsFirstOfItsSize(ConnectionEvidence evidence, StreamEvidence stream)
    {
        Transmission repeated = stream.Sent[^1];
        int length = evidence.Segments[repeated.Index].Length;
        if (length < Thresholds.FullSizeBytes) return false;
        foreach (ref readonly Transmission sent in stream.Sent)
            if (sent.End <= repeated.Start && evidence.Segments[sent.Index].Length >= length) return false;
        return true;
    }

    /// <summary>
    /// Whether there is nothing but the same segment to the end, at growing intervals: its timer ran out each time, so no acknowledgement
    /// came.
    /// </summary>
    public static bool BacksOff(ConnectionEvidence evidence, StreamEvidence stream)
    {
        ReadOnlySpan<Transmission> sent = stream.Sent;
        int repetitions = 0;
        long pauseNs = long.MaxValue;
        for (int place = sent.Length - 1; place > 0 && sent[place].As == SentAs.Again && sent[place].Start == sent[^1].Start; place--)
        {
            long beforeNs = evidence.Segments[sent[place].Index].At - evidence.Segments[sent[place - 1].Index].At;
            if (pauseNs < beforeNs * BackOff) break;
            pauseNs = beforeNs;
            repetitions++;
        }

        return repetitions >= RepetitionsAlone;
    }
}
