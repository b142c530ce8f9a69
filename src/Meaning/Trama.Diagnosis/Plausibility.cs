using Trama.Packets;
using Trama.Tracing;

namespace Trama.Diagnosis;

/// <summary>
/// What no finding may say, whatever its rule: amounts that the connection contradicts. No such finding is told; debug builds, and the
/// tests over every capture at hand, then fail, unless the capture's clock was to blame.
/// </summary>
internal static class Plausibility
{
    private const long CenturyNs = 100L * 365 * 24 * 3600 * 1_000_000_000;

    /// <summary>Says what is impossible about a finding; null when nothing is.</summary>
    public static string? Objection(Finding finding, ConnectionEvidence evidence) => Objection(finding)
        ?? Duration(finding, LifeNs(evidence))
        ?? Amount(finding, evidence);

    /// <summary>The same, of what can be said without the connection.</summary>
    public static string? Objection(Finding finding)
    {
        if (finding is { Severity: Severity.Error, Confidence: Confidence.Possible }) return "an error that is no more than possible";
        // What is said of the capture itself does no harm, and every packet shows it.
        if (finding is { Packets.Count: 0, Severity: > Severity.Info }) return "no packet proves it";
        for (int i = 1; i < finding.Packets.Count; i++)
            if (finding.Packets[i] < finding.Packets[i - 1]) return "its packets are out of order";
        foreach (Fact fact in finding.Facts)
            if (fact.Value < 0) return $"{fact.Name} is negative";
        if (finding[FactName.TimeToLive] is { } own && own == finding[FactName.UsualTimeToLive]) return "a TTL that is told from itself";
        return finding[FactName.SumNs] < finding[FactName.LongestNs] ? "the longest wait is longer than all together" : null;
    }

    /// <summary>Whether a connection's packets come in the order of their times, within a century.</summary>
    public static bool HasSteadyClock(ConnectionEvidence evidence)
    {
        Timestamp previous = evidence.Segments[0].At;
        foreach (ref readonly TracedSegment segment in evidence.Segments)
        {
            if (segment.At < previous) return false;
            previous = segment.At;
        }

        return previous - evidence.Segments[0].At < CenturyNs;
    }

    // The clock may have been set back in between.
    private static long LifeNs(ConnectionEvidence evidence)
    {
        (Timestamp first, Timestamp last) = (evidence.Segments[0].At, evidence.Segments[0].At);
        foreach (ref readonly TracedSegment segment in evidence.Segments)
        {
            if (segment.At < first) first = segment.At;
            if (segment.At > last) last = segment.At;
        }

        return last - first;
    }

    // Nothing within a connection takes longer than it.
    private static string? Duration(Finding finding, long lifeNs)
    {
        foreach (Fact fact in finding.Facts)
        {
            bool isWithin = fact.Name is FactName.LongestNs or FactName.SumNs or FactName.QueueNs;
            if (isWithin && fact.Value > lifeNs) return $"{fact.Name} is longer than the connection";
        }

        return null;
    }

    // Nothing is larger than the window that was offered, and no more was lost than was sent.
    private static string? Amount(Finding finding, ConnectionEvidence evidence)
    {
        if (finding is { Sender: { } sender, Kind: FindingKind.Indirect }
            && finding[FactName.LostBytes] > evidence.LargestWindow(1 - sender))
            return "a hole larger than the window";
        return finding.Id == FindingId.PacketLoss && finding[FactName.Count] > finding[FactName.Total]
            ? "more was lost than was sent" : null;
    }
}
