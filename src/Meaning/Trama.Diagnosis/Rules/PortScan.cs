using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>A client that tries many ports of a host, or one port of many hosts, and says nothing where it is let in.</summary>
internal static class PortScan
{
    /// <summary>A scan tries so many ports of one host, or hosts of one network, at least…</summary>
    private const int Targets = 15;

    /// <summary>…or so many ports, where it says nothing to anybody…</summary>
    private const int HastyTargets = 8;

    /// <summary>…and goes on so soon to the next; programs that look for a service wait longer for an answer…</summary>
    private const long HasteGapNs = 500 * Thresholds.Millisecond;

    /// <summary>…so large a share of the client's connections are of it…</summary>
    private const double ProbeShare = 0.75;

    /// <summary>…and so short is the time between two on average; a patient scanner is known by never saying anything to anybody.</summary>
    private const long ProbeGapNs = 10_000 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.PortScan)
    {
        Explains =
        [
            FindingId.SynFlood, FindingId.BacklogOverflow, FindingId.ConnectionRefused, FindingId.ConnectionFiltered,
            FindingId.ConnectionRejectedByIcmp, FindingId.HalfOpen,
            FindingId.SlowToOpen, FindingId.ClosedWithoutGreeting, FindingId.MiddleboxReset, FindingId.ResetByClient,
            FindingId.ResetByServer, FindingId.PacketLoss,
            FindingId.PeerVanished, FindingId.RetryStorm,
        ],
    };

    public static (Finding Finding, IEnumerable<long> Connections)? Judge(ClientRecord client)
    {
        if (client.ProbeCount == 0 || client.ProbeCount < client.Attempts * ProbeShare) return null;
        long spanNs = client.Probes[^1].From - client.Probes[0].From, gapNs = spanNs / client.ProbeCount;
        bool isMute = client.ProbeCount == client.Attempts, isQuick = gapNs <= ProbeGapNs;
        bool isHasty = isMute && gapNs <= HasteGapNs && client.MostPorts >= HastyTargets;
        if (!isHasty && Math.Max(client.MostPorts, client.MostHosts) < Targets) return null;
        if (!isQuick && (client.MostPorts < Targets || !isMute)) return null;
        var finding = new Finding(FindingId.PortScan, Party.Client, Severity.Warning)
        {
            Confidence = isQuick ? Confidence.Certain : Confidence.Likely,
            Kind = client.MostPorts >= client.MostHosts ? FindingKind.Ports : FindingKind.Hosts,
            Packets = [.. client.Probes.Select(probe => probe.Packet).Order().Take(Thresholds.ProvingPackets)],
            Sender = Side.Client,
            Facts = [new Fact(FactName.Count, client.Targets), new Fact(FactName.Total, client.Attempts), new Fact(FactName.SumNs, spanNs)],
        };
        return (finding, client.Probes.Select(probe => probe.Connection));
    }
}
