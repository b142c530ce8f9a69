using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A bottleneck on the path: a bulk transfer at an even rate, whose segments queue, or are dropped in bursts whenever they exceed
/// the rate.
/// </summary>
internal static class RateLimited
{
    public static Finding? Judge(ConnectionEvidence evidence) => Judge(evidence, evidence.ToServer) ?? Judge(evidence, evidence.ToClient);

    private static Finding? Judge(ConnectionEvidence evidence, StreamEvidence stream)
    {
        if (Throughput.Of(evidence, stream) is not { } throughput) return null;
        LossPattern losses = LossPattern.Of(evidence, stream);
        long leastNs = Math.Max(losses.InBursts >= Thresholds.OverflowLosses ? Thresholds.OverflowingQueueNs : Thresholds.QueueNs, evidence.RttNs / 2);
        bool isPaced = throughput.Paced > Thresholds.PacedShare;
        bool queues = (throughput.QueueNs > leastNs && (isPaced || throughput.Variation < Thresholds.EvenVariation || losses.InBursts >= Thresholds.OverflowLosses))
            || (isPaced && (throughput.LongestQueueNs > leastNs || losses.Count >= Thresholds.PolicedLosses));
        bool drops = losses.Count >= Thresholds.PolicedLosses && losses.Share > Thresholds.PolicedShare && losses.Bursts >= Thresholds.PolicedBursts
            && losses.InBursts > losses.Count * Thresholds.PolicedInBursts && throughput.Variation < Thresholds.PolicedVariation;
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
