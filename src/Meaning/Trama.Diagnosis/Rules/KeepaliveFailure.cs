using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>Keep-alive probes that nobody answered (RFC 9293 section 3.8.4).</summary>
internal static class KeepaliveFailure
{
    /// <summary>Unanswered keep-alive probes: one may be lost.</summary>
    private const int UnansweredProbes = 2;

    /// <summary>No system probes more often than once a second.</summary>
    private const long ShortestIntervalNs = 1000 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.KeepaliveFailure)
    {
        Judge = Judge,
        Explains =
        [
            FindingId.ResetByClient, FindingId.ResetByServer, FindingId.PeerVanished, FindingId.PacketLoss, FindingId.NoReply,
        ],
        BestSeen = Beside.Sender,
        Excludes = [new(FindingId.NoReply, Exclusion.NothingWasAsked), new(FindingId.IdleTimeout, Exclusion.NoResetCame)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        int lastHeardClient = evidence.LastFrom(Side.Client), lastHeardServer = evidence.LastFrom(Side.Server);
        Side prober = lastHeardClient > lastHeardServer ? Side.Client : Side.Server;
        int lastHeard = Math.Min(lastHeardClient, lastHeardServer);
        if (!evidence.IsLast || lastHeard < 0 || evidence.Segments[lastHeard].Window == 0) return null;
        var probes = new List<long>();
        for (int i = lastHeard + 1; i < evidence.Segments.Length; i++)
            if ((evidence.Segments[i].Marks & SegmentMarks.KeepAlive) != 0) probes.Add(evidence.PacketOf(i));
        if (probes.Count < UnansweredProbes || evidence.Segments[^1].At - evidence.Segments[lastHeard].At < ShortestIntervalNs) return null;
        return new Finding(FindingId.KeepaliveFailure, prober == Side.Client ? Party.Server : Party.Client, Severity.Error)
        {
            Packets = probes,
            Sender = prober,
            Facts = [new Fact(FactName.Count, probes.Count),
                new Fact(FactName.SumNs, evidence.Segments[^1].At - evidence.Segments[lastHeard].At)],
        };
    }
}
