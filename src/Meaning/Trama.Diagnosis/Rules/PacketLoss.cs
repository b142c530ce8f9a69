using Trama.Diagnosis.Evidence;

namespace Trama.Diagnosis.Rules;

/// <summary>Segments that were lost on the path and sent again.</summary>
internal static class PacketLoss
{
    /// <summary>One segment in so many, sent again without a timer, is what paths do…</summary>
    private const int FewAmong = 1000;

    /// <summary>…where all of them together cost less than this.</summary>
    private const long FeltNs = 200 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.PacketLoss)
    {
        Judge = Judge,
        NeedsAcknowledgements = true,
        Explains = [FindingId.SlowToOpen, FindingId.SpuriousRetransmission],
        BestSeen = Beside.Sender,
        Excludes = [new(FindingId.Reordering, Exclusion.SentAnew), new(FindingId.SpuriousRetransmission, Exclusion.WasMissing)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        List<Loss> losses = evidence.Losses;
        if (losses.Count == 0) return null;
        int timeouts = losses.Count(l => l.Trigger == LossTrigger.Timeout), probes = losses.Count(l => l.Trigger == LossTrigger.TailProbe);
        int sent = evidence.ToServer.Sent.Length + evidence.ToClient.Sent.Length;
        long waitedNs = WaitedNs(evidence, losses);
        bool isFelt = losses.Count * FewAmong > sent || timeouts > 0 || waitedNs >= FeltNs;
        return new Finding(FindingId.PacketLoss, Party.Network, isFelt ? Severity.Warning : Severity.Info)
        {
            // What acknowledgements asked for was missing; what only a timer repeats may have been late.
            Confidence = losses.Exists(l => l.Trigger == LossTrigger.Acknowledgements) ? Confidence.Certain : Confidence.Likely,
            Kind = losses.TrueForAll(l => l.Trigger != LossTrigger.Acknowledgements) && losses.Count <= 2
                ? FindingKind.Tail : losses.Count > 1 ? FindingKind.Several : FindingKind.Single,
            Packets = [.. losses.Select(l => evidence.PacketOf(evidence.Stream(l.From).Sent[l.Place].Index)).Order()],
            Sender = losses.Exists(l => l.From != losses[0].From) ? null : losses[0].From,
            Facts =
            [
                new Fact(FactName.Count, losses.Count),
                new Fact(FactName.Total, sent),
                new Fact(FactName.FastRetransmissions, losses.Count - timeouts - probes),
                new Fact(FactName.Timeouts, timeouts),
                new Fact(FactName.TailProbes, probes),
                new Fact(FactName.SumNs, waitedNs),
            ],
        };
    }

    // Waits for several segments go on at the same time: together they take as long as any of them lasts.
    private static long WaitedNs(ConnectionEvidence evidence, List<Loss> losses)
    {
        long sumNs = 0, until = long.MinValue;
        foreach ((long from, long to) in losses.Select(loss => Wait(evidence, loss)).Order())
        {
            sumNs += Math.Max(0, to - Math.Max(from, until));
            until = Math.Max(until, to);
        }

        return sumNs;
    }

    private static (long From, long To) Wait(ConnectionEvidence evidence, in Loss loss)
    {
        long to = evidence.Segments[evidence.Stream(loss.From).Sent[loss.Place].Index].At.Nanoseconds;
        return (to - loss.DelayNs, to);
    }
}
