using Trama.Diagnosis.Evidence;

namespace Trama.Diagnosis.Rules;

/// <summary>Segments that were lost on the path and sent again.</summary>
internal static class PacketLoss
{
    public static Rule Rule { get; } = new(FindingId.PacketLoss)
    {
        Judge = Judge,
        Explains = [FindingId.SlowToOpen, FindingId.SpuriousRetransmission],
        BestSeen = Beside.Sender,
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        List<Loss> losses = evidence.Losses;
        if (losses.Count == 0) return null;
        long sumNs = losses.Sum(l => l.DelayNs);
        int timeouts = losses.Count(l => l.Trigger == LossTrigger.Timeout), probes = losses.Count(l => l.Trigger == LossTrigger.TailProbe);
        return new Finding(FindingId.PacketLoss, Party.Network, Severity.Warning)
        {
            Kind = losses.TrueForAll(l => l.Trigger != LossTrigger.Acknowledgements) && losses.Count <= 2 ? FindingKind.Tail : losses.Count > 1 ? FindingKind.Several : FindingKind.Single,
            Packets = [.. losses.Select(l => evidence.PacketOf(evidence.Stream(l.From).Sent[l.Place].Index)).Order()],
            Sender = losses.Exists(l => l.From != losses[0].From) ? null : losses[0].From,
            Facts =
            [
                new Fact(FactName.Count, losses.Count),
                new Fact(FactName.Total, evidence.ToServer.Sent.Length + evidence.ToClient.Sent.Length),
                new Fact(FactName.FastRetransmissions, losses.Count - timeouts - probes),
                new Fact(FactName.Timeouts, timeouts),
                new Fact(FactName.TailProbes, probes),
                new Fact(FactName.SumNs, sumNs),
            ],
        };
    }
}
