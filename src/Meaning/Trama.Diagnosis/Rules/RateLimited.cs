using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A bottleneck on the path: a bulk transfer at an even rate, whose segments queue, or are dropped in bursts whenever they exceed
/// the rate.
/// </summary>
internal static class RateLimited
{
    /// <summary>
    /// Segments that wait this long in queues, for most of a transfer, wait for a bottleneck; less is a burst that drains, or a
    /// delayed acknowledgement…
    /// </summary>
    private const long QueueNs = 60 * Thresholds.Millisecond;

    /// <summary>…unless the queue overflows: then less is enough…</summary>
    private const long OverflowingQueueNs = 40 * Thresholds.Millisecond;

    /// <summary>…and the rate is even: congestion control without a bottleneck never settles.</summary>
    private const double EvenVariation = 0.4;

    /// <summary>A policer drops many…</summary>
    private const int PolicedLosses = 8;

    /// <summary>…more than bad lines do…</summary>
    private const double PolicedShare = 0.04;

    /// <summary>…again and again…</summary>
    private const int PolicedBursts = 3;

    /// <summary>…the rest of a flight at a time…</summary>
    private const double PolicedInBursts = 0.6;

    /// <summary>…and what passes keeps to its rate.</summary>
    private const double PolicedVariation = 0.5;

    /// <summary>Segments that come through a bottleneck keep its beat: so large a share of them.</summary>
    private const double PacedShare = 0.6;

    /// <summary>A queue that overflows drops several segments of a flight.</summary>
    private const int OverflowLosses = 4;

    public static Rule Rule { get; } = new(FindingId.RateLimited)
    {
        Judge = Judge,
        NeedsAcknowledgements = true,
        Explains = [FindingId.PacketLoss, FindingId.SlowNetwork, FindingId.WindowLimited, FindingId.Reordering],
        Excludes = [new(FindingId.WindowLimited, Exclusion.WindowWasNotFull), new(FindingId.PacketLoss, Exclusion.RateIsEven)],
    };

    private static Finding? Judge(ConnectionEvidence evidence) => Judge(evidence, evidence.ToServer) ?? Judge(evidence, evidence.ToClient);

    private static Finding? Judge(ConnectionEvidence evidence, StreamEvidence stream)
    {
        if (Throughput.Of(evidence, stream) is not { } throughput) return null;
        LossPattern losses = LossPattern.Of(evidence, stream);
        long leastNs = Math.Max(losses.InBursts >= OverflowLosses ? OverflowingQueueNs : QueueNs, evidence.RttNs / 2);
        bool isPaced = throughput.Paced > PacedShare;
        bool queues = (throughput.QueueNs > leastNs && (isPaced || throughput.Variation < EvenVariation
            || losses.InBursts >= OverflowLosses))
            || (isPaced && (throughput.LongestQueueNs > leastNs || losses.Count >= PolicedLosses));
        bool drops = losses.Count >= PolicedLosses && losses.Share > PolicedShare && losses.Bursts >= PolicedBursts
            && losses.InBursts > losses.Count * PolicedInBursts && throughput.Variation < PolicedVariation;
        if (!queues && !drops) return null;
        return new Finding(FindingId.RateLimited, Party.Network, Severity.Warning)
        {
            Kind = !queues ? FindingKind.Policer : losses.Count > 0 ? FindingKind.DropTail : FindingKind.Shaper,
            Packets = Proof(evidence, stream, losses),
            Sender = stream.From,
            Facts =
            [
                new Fact(FactName.Rate, (long)throughput.Rate),
                new Fact(FactName.QueueNs, throughput.LongestQueueNs),
                new Fact(FactName.RttNs, evidence.RttNs),
                new Fact(FactName.Count, losses.Count),
                new Fact(FactName.SharePpm, (long)(losses.Share * 1_000_000)),
            ],
        };
    }

    // The retransmissions; without any, the acknowledgements that took longest.
    private static List<long> Proof(ConnectionEvidence evidence, StreamEvidence stream, LossPattern losses)
    {
        if (losses.Count > 0) return losses.Packets;
        var slowest = new List<(long RttNs, long Packet)>();
        foreach (ref readonly TracedSegment segment in evidence.Segments)
            if (segment.From != stream.From && segment.RttNs is { } rttNs) slowest.Add((rttNs, segment.Packet));
        return [.. slowest.OrderByDescending(s => s.RttNs).Take(2).Select(s => s.Packet).Order()];
    }
}
