using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.SlowToOpen"/>.</summary>
internal static class SlowToOpen
{
    public static FindingPage Page { get; } = new(FindingId.SlowToOpen)
    {
        Label = ("slow to open", "demora para abrir"),
        Text = static f => f.Kind == FindingKind.LateAnswer ? f.Say("The answer to the SYN came", "A resposta ao SYN veio")
            + f.With(FactName.SumNs, " # later", " # depois") + f.Say(" than the path needs", " do que o caminho precisa")
            + f.With(FactName.RttNs, " (#)", " (#)") + "." : f.Say(
            "The connection opened only after its SYN or SYN-ACK was sent again",
            "A conexão só abriu depois que o SYN ou o SYN-ACK foi enviado de novo")
            + f.With(FactName.SumNs, ", which cost #", ", o que custou #") + ".",
        Advice = static f => f.Say(
            "if it happens often, look for loss on the path and for a full queue at the server.",
            "se acontece com frequência, procure perda no caminho e fila cheia no servidor."),
        What = (
            """
            The connection opened, but only after a SYN or SYN-ACK had been sent again: a second or more was lost before the
            first byte.
            """,
            """
            A conexão abriu, mas só depois que um SYN ou SYN-ACK foi enviado de novo: perdeu-se um segundo ou mais antes do
            primeiro byte.
            """),
        How = (
            """
            Before the first round trip a kernel knows nothing about the path, so it waits 1 s for the answer to a SYN, then 2,
            4 s. One lost packet in the handshake therefore costs far more than one in the middle of a transfer. The cause is
            loss on the path, or a server too busy to take a SYN in that moment.
            """,
            """
            Antes da primeira ida e volta o kernel nada sabe do caminho, então espera 1 s pela resposta a um SYN, depois 2, 4 s.
            Um pacote perdido no handshake custa por isso bem mais que um no meio de uma transferência. A causa é perda no
            caminho, ou um servidor ocupado demais para aceitar um SYN naquele momento.
            """),
        Try =
        [
            "sudo iptables -A INPUT -p tcp --syn --dport 5000 -m statistic --mode random --probability 0.5 -j DROP; "
                + "trama send localhost 5000 hello",
        ],
        Cure = (
            """
            If it happens often, look for loss between the two (packet-loss) and for a full accept queue at the server
            (backlog-overflow). Keep connections open and reuse them, so that the handshake is rare.
            """,
            """
            Se acontece com frequência, procure perda entre os dois (packet-loss) e uma fila de accept cheia no servidor
            (backlog-overflow). Mantenha conexões abertas e reaproveite-as, para que o handshake seja raro.
            """),
        See = "RFC 6298 (2, 5.7), RFC 9293 (3.8.3)",
        Lesson = null,
    };
}
