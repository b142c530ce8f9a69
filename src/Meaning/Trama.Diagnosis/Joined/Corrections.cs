using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Diagnosis.Joined;

/// <summary>What one capture alone concluded, against what the two together prove.</summary>
internal static class Corrections
{
    /// <summary>The finding, with the right party; null when it is refuted.</summary>
    public static Finding? Of(Finding finding, PathEvidence path)
    {
        // Where a capture may have missed it, nothing is refuted.
        bool isCertain = path.IsSeenTwice && path.Unwatched == 0;
        return finding.Id switch
        {
            FindingId.MiddleboxReset when isCertain && path.ForgedResets.Count == 0 => null,
            FindingId.Duplication when isCertain && path.Copies.Count == 0 => null,
            FindingId.Reordering when isCertain && path.Overtaken.Count == 0 => null,
            FindingId.PacketLoss or FindingId.MtuBlackHole when isCertain && path.Lost.Count == 0 => null,
            FindingId.RateLimited when isCertain && finding.Kind != FindingKind.Shaper && path.Lost.Count == 0 => null,
            FindingId.PeerVanished or FindingId.KeepaliveFailure => Vanished(finding, path),
            FindingId.PacketLoss when path.Lost.Count > 0 => WithTheLost(finding, path),
            _ => finding,
        };
    }

    // One capture shows what was sent again; two show what was lost.
    private static Finding WithTheLost(Finding finding, PathEvidence path)
    {
        (Side seenAt, List<long> lost) = path.Proof(path.Lost);
        return finding.SeenAt == seenAt ? finding with { Packets = [.. finding.Packets.Union(lost).Order()] } : finding;
    }

    // A host that is gone sends nothing any more; one that the path cut off goes on, and its capture shows it.
    private static Finding? Vanished(Finding finding, PathEvidence path)
    {
        if (finding.Sender is not { } sender) return finding;
        if (FirstOfLastRun(path, sender) is not { } lost) return path.Unwatched == 0 ? null : finding;
        Side silent = sender.Other();
        return finding with
        {
            Party = path.IsAlive(silent, lost.LeftAt) ? Party.Network : silent == Side.Client
            ? Party.Client : Party.Server
        };
    }

    // The first of the segments that a side sent in vain at the end; null when the last one arrived.
    private static JoinedSegment? FirstOfLastRun(PathEvidence path, Side sender)
    {
        JoinedSegment? first = null;
        foreach (JoinedSegment segment in path.Connection.Segments)
        {
            if (segment.From != sender || segment.Left < 0) continue;
            if (segment.Fate != SegmentFate.Lost) first = null;
            else first ??= segment;
        }

        return first;
    }
}
