using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.PacketLoss"/>.</summary>
internal static class PacketLoss
{
    public static FindingPage Page { get; } = new(FindingId.PacketLoss)
    {
        Label = ("loss", "perda"),
        Text = static f => Lost(f) + Repair(f) + Cost(f) + ".",
        Advice = static f => f.Say(
            "capture at both ends to see where they get lost; look at interface errors (ip -s link) on the way.",
            "capture nas duas pontas para ver onde se perdem; veja erros de interface (ip -s link) no caminho."),
        AdviceOfBoth = static f => f.Say(
            "they got lost between the two captures: look at interface errors (ip -s link) and queues there; a third capture in "
            + "between narrows it down.",
            "eles se perderam entre as duas capturas: veja ali erros de interface (ip -s link) e filas; uma terceira captura no "
            + "meio restringe o trecho."),
        What = (
            """
            Segments were lost on the way and had to be sent again. TCP repairs it; the price is time.
            """,
            """
            Segmentos se perderam no caminho e tiveram de ser enviados de novo. O TCP conserta; o preço é tempo.
            """),
        How = (
            """
            When later segments arrive, the receiver repeats its acknowledgement and names what it has (SACK); after three of
            those, or by RACK, the sender repeats the missing one within about a round trip: a fast retransmission. When the
            last segment of a message is lost there is nothing behind it, and only a timer helps: a probe after about two round
            trips, or the timeout of 200 ms and more on Linux, doubled each time. Each loss also makes the sender slower.
            """,
            """
            Quando chegam segmentos posteriores, o receptor repete a confirmação e diz o que tem (SACK); depois de três dessas,
            ou por RACK, o remetente repete o que falta em cerca de uma ida e volta: uma retransmissão rápida. Quando se perde o
            último segmento de uma mensagem não há nada atrás dele, e só um temporizador ajuda: uma sonda após umas duas idas e
            voltas, ou o tempo limite de 200 ms ou mais no Linux, dobrado a cada vez. Cada perda também torna o remetente mais
            lento.
            """),
        Try = ["trama demo --fault packet-loss", "sudo tc qdisc add dev lo root netem loss 2%"],
        Cure = (
            """
            Find where: capture at both ends ("trama diagnose client.pcap server.pcap"), or follow interface errors and drops
            along the path (ip -s link, ethtool -S, the switches' counters). Wi-Fi, a duplex mismatch, a bad cable, an
            overloaded link or host, a policer are the usual ones. 0.1 % is harmless on a short path, 1 % hurts on a long one.
            """,
            """
            Descubra onde: capture nas duas pontas ("trama diagnose client.pcap server.pcap"), ou siga erros e descartes das
            interfaces ao longo do caminho (ip -s link, ethtool -S, os contadores dos switches). Wi-Fi, duplex errado, cabo
            ruim, enlace ou máquina sobrecarregados e policers são os de sempre. 0,1 % não faz mal num caminho curto, 1 % dói
            num longo.
            """),
        Remedy = Remedy.NoLoss,
        See = "RFC 5681 (3.2), RFC 6298, RFC 6675, RFC 8985",
        Lesson = new(
            ("One segment of a large transfer is lost.",
                "Um segmento de uma transferência grande se perde."),
            ("The receiver repeats its ACK and names what it has; the sender fills the hole.",
                "O receptor repete seu ACK e diz o que já tem; o emissor preenche o buraco.")),
    };

    private static string Lost(FindingFacts f)
    {
        if (f.Kind == FindingKind.Tail)
        {
            return f.Say(
                $"The last segment of a message{f.OfSender} was lost, with nothing behind it to show the hole",
                $"O último segmento de uma mensagem{f.OfSender} se perdeu, sem nada atrás que mostrasse o buraco");
        }

        return f.Say($"The network lost segments{f.OfSender}", $"A rede perdeu segmentos{f.OfSender}")
            + f.With(FactName.Count, ": #", ": #") + f.With(FactName.Total, " of #", " de #") + f.With(FactName.SharePpm, " (#)", " (#)");
    }

    // How the sender noticed: a timer costs far more than duplicate acknowledgements.
    private static string Repair(FindingFacts f)
    {
        string[] ways =
        [
            .. new[]
            {
                f.With(FactName.FastRetransmissions, "# after repeated ACKs", "# após ACKs repetidos"),
                f.Finding[FactName.TailProbes] == 1
                    ? f.Say("1 by a probe", "1 por sonda")
                    : f.With(FactName.TailProbes, "# by probes", "# por sondas"),
                f.With(FactName.Timeouts, "# by a timer", "# por temporizador"),
            }.Where(way => way.Length > 0),
        ];
        return ways.Length == 0 ? f.Say("; they were sent again", "; foram reenviados")
            : f.Say("; sent again: ", "; reenviados: ") + string.Join(", ", ways);
    }

    private static string Cost(FindingFacts f) => f.Finding[FactName.Count] == 1
        ? f.With(FactName.SumNs, "; waiting for it cost #", "; a espera por ele custou #")
        : f.With(FactName.SumNs, "; waiting for them cost #", "; a espera por eles custou #");
}
