using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A server that does not accept: SYNs stay unanswered while connections that its kernel completed wait for a reply. Linux drops
/// SYNs when the queue of connections to accept is full.
/// </summary>
internal static class BacklogOverflow
{
    public static Rule Rule { get; } = new(FindingId.BacklogOverflow)
    {
        Explains =
        [
            FindingId.ConnectionFiltered, FindingId.SlowToOpen, FindingId.NoReply, FindingId.SlowServer,
            FindingId.ClosedWithoutReply, FindingId.ResetByClient, FindingId.ResetByServer, FindingId.PeerVanished,
            FindingId.PacketLoss,
        ],
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.ConnectionFiltered, Exclusion.OthersOpened), new(FindingId.ConnectionRefused, Exclusion.NoAnswerCame)],
    };

    public static (Finding Finding, IEnumerable<long> Connections)? Judge(ServerRecord server)
    {
        Wait[] knocking = [.. server.Knocking.Where(knock =>
            server.Unserved.Any(wait => wait.Connection != knock.Connection && wait.Overlaps(knock)))];
        if (knocking.Length == 0) return null;
        Wait[] unserved = [.. server.Unserved.Where(wait => knocking.Any(knock => knock.Overlaps(wait)))];
        var finding = new Finding(FindingId.BacklogOverflow, Party.Server, Severity.Error)
        {
            Packets = [.. unserved.Concat(knocking).Select(wait => wait.Packet).Order().Take(Thresholds.ProvingPackets)],
            Sender = Side.Server,
            Facts =
            [
                new Fact(FactName.Count, knocking.Length),
                new Fact(FactName.Total, unserved.Length),
                new Fact(FactName.LongestNs, knocking.Concat(unserved).Max(wait => wait.Until - wait.From)),
            ],
        };
        return (finding, knocking.Concat(unserved).Select(wait => wait.Connection).Distinct().Order());
    }
}
