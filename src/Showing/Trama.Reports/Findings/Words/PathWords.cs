using Trama.Diagnosis;

namespace Trama.Reports.Findings.Words;

/// <summary>About what the path, or the capture, does to segments.</summary>
internal static class PathWords
{
    public static string Text(in FindingFacts f) => f.Id switch
    {
        FindingId.PacketLoss => Lost(f) + Repair(f) + Cost(f) + ".",
        FindingId.Reordering => f.Say($"Segments{f.OfSender} overtook each other on the way", $"Segmentos{f.OfSender} se ultrapassaram no caminho") + Times(f)
            + f.With(FactName.LongestNs, ", by up to #", ", em até #") + f.Say("; nothing was lost.", "; nada se perdeu."),
        FindingId.Duplication => f.Say("The network delivered packets twice that were sent once", "A rede entregou duas vezes pacotes enviados uma vez") + f.With(FactName.Count, ": #", ": #")
            + f.With(FactName.Total, " of #", " de #") + ".",
        FindingId.SpuriousRetransmission => f.Say($"The {f.Sender} sent segments again that had arrived", $"O {f.Sender} enviou de novo segmentos que tinham chegado") + Times(f) + ".",
        FindingId.MtuBlackHole when f.Kind == FindingKind.Indirect => f.Say("Large packets vanish on the way here and small ones pass", "Pacotes grandes somem no caminho até aqui e os pequenos passam")
            + f.With(FactName.LostBytes, ": # never came", ": # nunca vieram") + f.With(FactName.Bytes, ", the largest segment that did had #", ", o maior segmento que veio tinha #") + ".",
        FindingId.MtuBlackHole => f.Say("Large packets vanish on the way and small ones pass", "Pacotes grandes somem no caminho e os pequenos passam")
            + f.With(FactName.LostBytes, ": segments of # never arrive", ": segmentos de # nunca chegam") + f.With(FactName.Bytes, ", # still pass", ", # ainda passam")
            + f.Counted(FactName.Count, ("; sent again once", "; sent again # times"), ("; reenviado uma vez", "; reenviados # vezes")) + f.With(FactName.SumNs, " in #", " em #") + ".",
        FindingId.CorruptedChecksum => f.Say($"Segments{f.OfSender} arrived damaged, with a wrong checksum", $"Segmentos{f.OfSender} chegaram danificados, com checksum errado") + Times(f) + ".",
        _ => f.Say("The capture missed packets: they are acknowledged, so they arrived", "A captura perdeu pacotes: eles foram confirmados, portanto chegaram")
            + f.With(FactName.Count, " (# times)", " (# vezes)") + f.With(FactName.LostBytes, "; # are missing", "; faltam #") + ".",
    };

    public static string Next(in FindingFacts f) => f.Id switch
    {
        FindingId.PacketLoss => f.Say(
            "capture at both ends to see where they get lost; look at interface errors (ip -s link) on the way.", "capture nas duas pontas para ver onde se perdem; veja erros de interface (ip -s link) no caminho."),
        FindingId.Reordering => f.Say(
            "look for links that spread one connection over several ways.", "procure enlaces que dividem uma conexão por vários caminhos."),
        FindingId.Duplication => f.Say(
            "does the capture see each packet at two points? Else look for a loop or a mirror port.", "a captura vê cada pacote em dois pontos? Senão procure um laço ou uma porta espelho."),
        FindingId.SpuriousRetransmission => f.Say(
            "look for what makes the delay jump, and keep timestamps and SACK on.", "procure o que faz o atraso saltar, e deixe timestamps e SACK ligados."),
        FindingId.MtuBlackHole when f.Kind == FindingKind.Indirect => f.Say("Large packets vanish on the way here and small ones pass", "Pacotes grandes somem no caminho até aqui e os pequenos passam")
            + f.With(FactName.LostBytes, ": # never came", ": # nunca vieram") + f.With(FactName.Bytes, ", the largest segment that did had #", ", o maior segmento que veio tinha #") + ".",
        FindingId.MtuBlackHole => f.Say(
            "let ICMP \"fragmentation needed\" pass, or clamp the MSS (--clamp-mss-to-pmtu); ping -M do finds the size.", "deixe passar o ICMP \"fragmentation needed\", ou limite o MSS (--clamp-mss-to-pmtu); ping -M do acha o tamanho."),
        FindingId.CorruptedChecksum => f.Say(
            "capture at other points until the checksums are right: the device behind that point is broken.", "capture em outros pontos até os checksums estarem certos: o dispositivo depois desse ponto está com defeito."),
        FindingId.CaptureLoss => f.Say(
            "capture again with a filter, a larger buffer (-B) or a shorter snapshot (-s 128).", "capture de novo com um filtro, um buffer maior (-B) ou um snapshot menor (-s 128)."),
        _ => "",
    };

    private static string Lost(in FindingFacts f)
    {
        if (f.Kind == FindingKind.Tail)
            return f.Say($"The last segment of a message{f.OfSender} was lost, with nothing behind it to show the hole", $"O último segmento de uma mensagem{f.OfSender} se perdeu, sem nada atrás que mostrasse o buraco");
        return f.Say($"The network lost segments{f.OfSender}", $"A rede perdeu segmentos{f.OfSender}") + f.With(FactName.Count, ": #", ": #")
            + f.With(FactName.Total, " of #", " de #") + f.With(FactName.SharePpm, " (#)", " (#)");
    }

    // How the sender noticed: a timer costs far more than duplicate acknowledgements.
    private static string Repair(in FindingFacts f)
    {
        FindingFacts facts = f;
        string[] ways =
        [
            .. new[]
            {
                Way(FactName.FastRetransmissions, ("# after repeated ACKs", "# after repeated ACKs"), ("# após ACKs repetidos", "# após ACKs repetidos")),
                Way(FactName.TailProbes, ("# by a probe", "# by probes"), ("# por sonda", "# por sondas")),
                Way(FactName.Timeouts, ("# by a timer", "# by a timer"), ("# por temporizador", "# por temporizador")),
            }.Where(way => way.Length > 0),
        ];
        return ways.Length == 0 ? f.Say("; they were sent again", "; foram reenviados")
            : f.Say("; sent again: ", "; reenviados: ") + string.Join(", ", ways);

        string Way(FactName name, (string, string) english, (string, string) portuguese) =>
            facts.Finding[name] is > 0 ? facts.Counted(name, english, portuguese) : "";
    }

    private static string Cost(in FindingFacts f) => f.Finding[FactName.Count] == 1
        ? f.With(FactName.SumNs, "; waiting for it cost #", "; a espera por ele custou #")
        : f.With(FactName.SumNs, "; waiting for them cost #", "; a espera por eles custou #");

    private static string Times(in FindingFacts f) => f.Counted(FactName.Count, (", once", ", # times"), (", uma vez", ", # vezes"));
}
