using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.Reordering"/>.</summary>
internal static class Reordering
{
    public static FindingPage Page { get; } = new(FindingId.Reordering)
    {
        Label = ("reordering", "reordenação"),
        Text = static f => f.Say(
            $"Segments{f.OfSender} overtook each other on the way",
            $"Segmentos{f.OfSender} se ultrapassaram no caminho") + f.Times + f.With(FactName.LongestNs, ", by up to #", ", em até #")
            + f.Say("; nothing was lost.", "; nada se perdeu."),
        Advice = static f => f.Say(
            "look for links that spread one connection over several ways.",
            "procure enlaces que dividem uma conexão por vários caminhos."),
        What = (
            """
            Segments overtook each other on the way. Nothing was lost, though the sender may have repeated some needlessly.
            """,
            """
            Segmentos ultrapassaram uns aos outros no caminho. Nada se perdeu, embora o remetente possa ter repetido alguns à
            toa.
            """),
        How = (
            """
            Parallel paths of different length, several queues in one device, or wireless links that repeat a frame bring
            packets out of order. The receiver reports a hole with duplicate ACKs, then acknowledges everything at once when the
            late one comes. A sender that takes the hole for a loss resends and slows down.
            """,
            """
            Caminhos paralelos de comprimentos diferentes, várias filas num dispositivo, ou enlaces sem fio que repetem um
            quadro trazem pacotes fora de ordem. O receptor avisa de um buraco com ACKs repetidos, e confirma tudo de uma vez
            quando o atrasado chega. Um remetente que toma o buraco por perda reenvia e freia.
            """),
        Try = ["trama demo --fault reordering", "sudo tc qdisc add dev eth0 root netem delay 10ms reorder 5%"],
        Cure = (
            """
            Let devices spread load by connection, not by packet (hash on addresses and ports). Modern senders (RACK, DSACK) put
            up with some reordering; if the rate does not suffer, leave it.
            """,
            """
            Faça os dispositivos dividirem a carga por conexão, não por pacote (hash de endereços e portas). Remetentes modernos
            (RACK, DSACK) toleram alguma reordenação; se a taxa não sofre, deixe estar.
            """),
        Remedy = Remedy.NoLoss,
        See = "RFC 4737, RFC 2883, RFC 8985 (6)",
        Lesson = new(
            ("Some segments of a large transfer are held back for a moment.",
                "Alguns segmentos de uma transferência grande ficam retidos por um instante."),
            ("Later segments come first, then one ACK covers all of them: nothing was lost.",
                "Segmentos posteriores chegam antes, e depois um ACK cobre todos: nada se perdeu.")),
    };
}
