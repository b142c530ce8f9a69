using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Diagnosis.Joined;

/// <summary>Segments that were dropped because a queue on the path was full: those that just passed had waited in it longest.</summary>
internal static class FullQueue
{
    /// <summary>Seen from both ends: so many drops by a queue show that it is what limits the rate…</summary>
    private const int QueueDrops = 3;

    /// <summary>…when segments wait in it this long: jitter alone is less…</summary>
    private const long FullQueueNs = 15 * Thresholds.Millisecond;

    /// <summary>…and what passed before a drop had waited for this share of the longest wait…</summary>
    private const double FullShare = 0.5;

    /// <summary>…at so many of the drops: in a burst, the queue is filled by what came before.</summary>
    private const double DropsInFullQueue = 0.7;

    public static Finding? Judge(PathEvidence path) => Judge(path, Side.Client) ?? Judge(path, Side.Server);

    private static Finding? Judge(PathEvidence path, Side from)
    {
        List<JoinedSegment> lost = path.Lost.FindAll(s => s.From == from);
        if (lost.Count < QueueDrops || (from == Side.Client ? path.Connection.ToServer : path.Connection.ToClient) is not
            { } delays) return null;
        long queueNs = delays.MaxNs - delays.MinNs;
        if (queueNs < FullQueueNs) return null;
        int inFullQueue = 0;
        long lastDelay = delays.MinNs;
        foreach (JoinedSegment segment in path.Connection.Segments)
        {
            if (segment.From != from) continue;
            if (segment is { Fate: SegmentFate.Delivered, DelayNs: { } delay }) lastDelay = delay;
            else if (segment.Fate == SegmentFate.Lost && lastDelay - delays.MinNs > queueNs * FullShare) inFullQueue++;
        }

        if (inFullQueue < lost.Count * DropsInFullQueue) return null;
        (Side seenAt, List<long> packets) = path.Proof(lost);
        Connection sender = path.Connection.At(from)!;
        JoinedSegment[] arrived =
            [.. path.Connection.Segments.Where(s => s.From == from && s.Arrived >= 0 && path.Connection.Seen(s).Length > 0)];
        double seconds = arrived.Length == 0 ? 0 : (arrived.Max(s => s.ArrivedAt) - arrived.Min(s => s.ArrivedAt)) / 1e9;
        return new Finding(FindingId.RateLimited, Party.Network, Severity.Warning)
        {
            Confidence = Confidence.Certain,
            SeenAt = seenAt,
            Kind = FindingKind.DropTail,
            Packets = packets,
            Sender = from,
            Facts =
            [
                new Fact(FactName.Rate, (long)(sender.Stream(from).StreamBytes / Math.Max(seconds, 1e-9))),
                new Fact(FactName.QueueNs, queueNs),
                new Fact(FactName.RttNs, sender.HandshakeNs ?? 0),
                new Fact(FactName.Count, lost.Count),
                new Fact(FactName.SharePpm, lost.Count * 1_000_000L / Math.Max(1, sender.Stream(from).Packets)),
            ],
        };
    }
}
