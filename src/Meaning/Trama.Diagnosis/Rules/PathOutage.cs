using Trama.Diagnosis.Evidence;
using Trama.Packets;
using Trama.Packets.Network;

namespace Trama.Diagnosis.Rules;

/// <summary>Connections to several hosts that stood still at one time: what they share is the path, near the vantage point.</summary>
internal static class PathOutage
{
    /// <summary>So many connections stand still at one time…</summary>
    private const int Connections = 3;

    /// <summary>…with so many hosts at least, since one host that goes away is no path.</summary>
    private const int Hosts = 2;

    /// <summary>Standing still is a segment that is sent again by the timer after so long: later than a loss or two.</summary>
    public const long StillNs = 1000 * Thresholds.Millisecond;

    /// <summary>One connection more may open just as the path comes back.</summary>
    private const int OpenedMeanwhile = 1;

    public static Rule Rule { get; } = new(FindingId.PathOutage)
    {
        Explains =
        [
            FindingId.SlowToOpen, FindingId.ConnectionFiltered, FindingId.PeerVanished, FindingId.KeepaliveFailure, FindingId.PacketLoss,
            FindingId.SlowNetwork,
            FindingId.RateLimited, FindingId.SpuriousRetransmission,
        ],
    };

    /// <param name="still">Connections that stood still, and the hosts at their ends that are not the clients'.</param>
    /// <param name="opened">When connections of the capture were opened, and answered.</param>
    public static (Finding Finding, IEnumerable<long> Connections)? Judge(
        IReadOnlyList<(Wait Wait, IpAddress Host)> still, IReadOnlyList<Timestamp> opened)
    {
        (Wait Wait, IpAddress Host)[] most = [];
        foreach ((Wait wait, _) in still)
        {
            // The largest set that stands still at one time does so when one of them begins to.
            (Wait Wait, IpAddress Host)[] together =
                [.. still.Where(other => other.Wait.From <= wait.From && wait.From <= other.Wait.Until)];
            if (together.Length > most.Length) most = together;
        }

        if (most.Length < Connections || most.Select(one => one.Host).Distinct().Count() < Hosts) return null;
        // Where others open meanwhile, it is these hosts that do not answer.
        Timestamp from = most.Max(one => one.Wait.From), until = most.Min(one => one.Wait.Until);
        if (opened.Count(at => at > from && at < until) > OpenedMeanwhile) return null;
        long longestNs = most.Max(one => one.Wait.Until - one.Wait.From);
        var finding = new Finding(FindingId.PathOutage, Party.Network, Severity.Error)
        {
            Packets = [.. most.Select(one => one.Wait.Packet).Order().Take(Thresholds.ProvingPackets)],
            Facts = [new Fact(FactName.Count, most.Length), new Fact(FactName.LongestNs, longestNs)],
        };
        return (finding, most.Select(one => one.Wait.Connection));
    }
}
