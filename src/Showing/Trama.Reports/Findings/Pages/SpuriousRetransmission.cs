using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.SpuriousRetransmission"/>.</summary>
internal static class SpuriousRetransmission
{
    public static FindingPage Page { get; } = new(FindingId.SpuriousRetransmission)
    {
        Label = ("needless retransmission", "retransmissão desnecessária"),
        Text = static f => f.Say(
            $"The {f.Sender} sent segments again that had arrived",
            $"O {f.Sender} enviou de novo segmentos que tinham chegado") + f.Times + ".",
        Advice = static f => f.Say(
            "look for what makes the delay jump, and keep timestamps and SACK on.",
            "procure o que faz o atraso saltar, e deixe timestamps e SACK ligados."),
        What = (
            """
            Segments were sent again although the first copy had arrived. It wastes bytes and slows the sender, and nothing had
            been lost.
            """,
            """
            Segmentos foram enviados de novo embora a primeira cópia tivesse chegado. Gasta bytes e freia o remetente, e nada se
            perdera.
            """),
        How = (
            """
            The acknowledgement was late or lost, not the data: a delay that jumps above the timeout, lost ACKs, or reordering
            taken for loss. The receiver's DSACK, or timestamps, tell the sender of its error.
            """,
            """
            A confirmação atrasou ou se perdeu, não os dados: um atraso que salta acima do tempo limite, ACKs perdidos, ou
            reordenação tomada por perda. O DSACK do receptor, ou os timestamps, avisam o remetente do engano.
            """),
        Try = ["sudo tc qdisc add dev lo root netem delay 20ms 400ms; trama send localhost 5000 hello"],
        Cure = (
            """
            Look for what makes the delay jump: a long queue (rate-limited), a wireless link, a virtual machine that is paused.
            Keep timestamps and SACK switched on (net.ipv4.tcp_timestamps, tcp_sack).
            """,
            """
            Procure o que faz o atraso saltar: uma fila longa (rate-limited), um enlace sem fio, uma máquina virtual pausada.
            Deixe timestamps e SACK ligados (net.ipv4.tcp_timestamps, tcp_sack).
            """),
        Remedy = Remedy.NoLoss,
        See = "RFC 2883, RFC 3522, RFC 5682",
        Lesson = null,
    };
}
