using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.SenderLimited"/>.</summary>
internal static class SenderLimited
{
    public static FindingPage Page { get; } = new(FindingId.SenderLimited)
    {
        Label = ("limited by the sender's buffer", "limitada pelo buffer do remetente"),
        Text = static f => f.Say(
            $"The {f.Sender}'s own send buffer limits the rate",
            $"O buffer de envio do próprio {f.Sender} limita a taxa") + f.With(FactName.Rate, " to #", " a #")
            + f.With(FactName.Bytes, ": # on their way at most", ": no máximo # a caminho") + f.With(FactName.RttNs, " in #", " em #")
            + ".",
        Advice = static f => f.Say(
            $"on the {f.Sender}: no fixed SO_SNDBUF, a larger net.ipv4.tcp_wmem.",
            $"no {f.Sender}: sem SO_SNDBUF fixo, net.ipv4.tcp_wmem maior."),
        What = (
            """
            The sender keeps less on its way than the receiver's window and the path would take: its own send buffer, or its
            program, is the limit.
            """,
            """
            O remetente mantém a caminho menos do que a janela do receptor e o caminho aceitariam: o limite é o buffer de envio
            dele, ou o programa.
            """),
        How = (
            """
            Bytes stay in the send buffer until they are acknowledged. A fixed SO_SNDBUF of 16 KiB therefore allows 16 KiB per
            round trip, however large the window. A program that writes a block, waits for an answer and writes the next limits
            itself in the same way.
            """,
            """
            Os bytes ficam no buffer de envio até serem confirmados. Um SO_SNDBUF fixo de 16 KiB permite portanto 16 KiB por ida
            e volta, por maior que seja a janela. Um programa que escreve um bloco, espera uma resposta e escreve o próximo se
            limita do mesmo modo.
            """),
        Try = ["sudo sysctl net.ipv4.tcp_wmem='4096 8192 8192'; trama send far.example 5000 --raw < large-file"],
        Cure = (
            """
            On the sender: do not set SO_SNDBUF; raise net.ipv4.tcp_wmem to at least rate x RTT; write in large pieces, and do
            not wait for the peer between them.
            """,
            """
            No remetente: não fixe SO_SNDBUF; aumente net.ipv4.tcp_wmem para ao menos taxa x RTT; escreva em pedaços grandes, e
            não espere pelo par entre eles.
            """),
        See = "RFC 6349, tcp(7)",
        Lesson = null,
    };
}
