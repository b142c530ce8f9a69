using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>Many SYNs to one port, or to one host, whose senders never go on (RFC 4987).</summary>
internal static class SynFlood
{
    /// <summary>A flood is so many SYNs at least…</summary>
    private const int FloodSyns = 20;

    /// <summary>…so large a share of all attempts…</summary>
    private const double FloodShare = 0.75;

    /// <summary>…and so close to each other on average.</summary>
    private const long FloodGapNs = 250 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.SynFlood)
    {
        Explains = [FindingId.ConnectionFiltered, FindingId.ConnectionRefused, FindingId.SlowToOpen, FindingId.PacketLoss],
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.ConnectionFiltered, Exclusion.AnswersWereIgnored)],
    };

    /// <param name="server">The port, or the host.</param>
    /// <param name="scans">Connections that are told as a scan already.</param>
    public static (Finding Finding, IEnumerable<long> Connections)? Judge(ServerRecord server, HashSet<long> scans)
    {
        // In a capture of the clients alone nobody sees who goes on.
        if (server.IsUnseen) return null;
        if (server.HalfOpenCount < FloodSyns || server.HalfOpenCount < (server.Attempts - server.RefusedCount) * FloodShare) return null;
        if (scans.Count > 0 && server.HalfOpen.Count(wait => !scans.Contains(wait.Connection)) < FloodSyns) return null;
        long spanNs = server.LastHalfOpenAt - server.FirstHalfOpenAt;
        if (spanNs / server.HalfOpenCount > FloodGapNs) return null;
        var finding = new Finding(FindingId.SynFlood, Party.Client, Severity.Error)
        {
            Packets = [.. server.HalfOpen.Select(wait => wait.Packet).Order().Take(Thresholds.ProvingPackets)],
            Sender = Side.Client,
            Facts = [new Fact(FactName.Count, server.HalfOpenCount), new Fact(FactName.Total, server.Attempts),
                new Fact(FactName.SumNs, spanNs)],
        };
        // What else failed to open meanwhile is of the flood, or its victim.
        return (finding, server.HalfOpen.Concat(server.Knocking).Concat(server.Refused).Select(wait => wait.Connection).Distinct());
    }
}
