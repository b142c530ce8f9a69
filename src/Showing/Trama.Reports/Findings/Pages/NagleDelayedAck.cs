using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.NagleDelayedAck"/>.</summary>
internal static class NagleDelayedAck
{
    public static FindingPage Page { get; } = new(FindingId.NagleDelayedAck)
    {
        Label = ("small writes wait for delayed ACKs", "escritas pequenas esperam ACKs atrasados"),
        Text = static f => f.Say(
            $"The {f.Culprit} writes each message in two pieces, and the second waits for the other side's delayed acknowledgement",
            $"O {f.Culprit} escreve cada mensagem em dois pedaços, e o segundo espera a confirmação atrasada do outro lado")
            + f.Longest(", ", ", ") + f.Times + f.InAll + ".",
        Advice = static f => f.Say(
            $"let the {f.Culprit} write each message with one call, or set TCP_NODELAY there.",
            $"faça o {f.Culprit} escrever cada mensagem com uma chamada, ou ligue TCP_NODELAY ali."),
        What = (
            """
            A message written in two small pieces: the second waits in the sender's kernel for the ACK of the first, which the
            receiver's kernel delays, about 40 ms on Linux, up to 200 ms elsewhere. Every message pays it.
            """,
            """
            Uma mensagem escrita em dois pedaços pequenos: o segundo espera no kernel do remetente pelo ACK do primeiro, que o
            kernel do receptor atrasa, uns 40 ms no Linux, até 200 ms em outros. Toda mensagem paga por isso.
            """),
        How = (
            """
            Nagle's algorithm holds back a small segment while an earlier one is unacknowledged; delayed ACK holds back an
            acknowledgement in the hope that a reply will carry it. Each is sensible, together they wait for each other until
            the timer ends it. It takes a write, a write and then a read to get there.
            """,
            """
            O algoritmo de Nagle segura um segmento pequeno enquanto um anterior não foi confirmado; o ACK atrasado segura uma
            confirmação na esperança de que uma resposta a carregue. Cada um é sensato, juntos um espera pelo outro até o
            temporizador acabar com isso. Basta uma escrita, outra escrita e depois uma leitura.
            """),
        Try = ["trama demo --fault nagle-delayed-ack", "trama serve --framing lines --keep-open --fault slice=3,nagle",
            "trama send localhost 5000 hello --framing lines --keep-open --count 10"],
        Cure = (
            """
            Write each message with one call: gather header and body in one buffer, or use writev/sendmsg or a buffered stream
            that is flushed once. Or set TCP_NODELAY at the side that writes twice; then two packets go out at once. The other
            side needs no change.
            """,
            """
            Escreva cada mensagem com uma só chamada: junte cabeçalho e corpo num buffer, ou use writev/sendmsg ou um stream com
            buffer e um único flush. Ou ligue TCP_NODELAY no lado que escreve duas vezes; então dois pacotes saem na hora. O
            outro lado não precisa mudar.
            """),
        Remedy = Remedy.NoDelay,
        See = "RFC 896, RFC 9293 (3.7.4, 3.8.6.3), RFC 5681 (4.2)",
        Lesson = new(
            ("The client writes each request in two small pieces.",
                "O cliente escreve cada pedido em dois pedaços pequenos."),
            ("The second piece waits some 40 ms for an ACK that the server delays on purpose.",
                "O segundo pedaço espera uns 40 ms por um ACK que o servidor atrasa de propósito.")),
    };
}
