using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.HalfClose"/>.</summary>
internal static class HalfClose
{
    public static FindingPage Page { get; } = new(FindingId.HalfClose)
    {
        Label = ("half-close", "meio fechamento"),
        Text = static f => f.Say(
            $"The {f.Sender} ended its direction and received on; that is allowed.",
            $"O {f.Sender} encerrou a direção dele e continuou recebendo; isso é permitido."),
        Advice = static f => f.Say(
            "nothing, if the program means it; else shut down the sending side only when nothing more is wanted.",
            "nada, se o programa quer isso; senão encerre o envio só quando não quiser mais nada."),
        What = (
            """
            One side ended its own direction with FIN and went on receiving. It is allowed, and no fault: it says "I have asked
            all I wanted".
            """,
            """
            Um lado encerrou a própria direção com FIN e continuou recebendo. É permitido, e não é falha: quer dizer "já pedi
            tudo o que queria".
            """),
        How = (
            """
            shutdown(SHUT_WR) sends FIN and leaves the other direction open. The peer reads end-of-file and may still answer as
            long as it likes; its FIN closes the rest. Programs that read "until end-of-file" depend on it.
            """,
            """
            shutdown(SHUT_WR) envia FIN e deixa a outra direção aberta. O par lê fim de arquivo e ainda pode responder o quanto
            quiser; o FIN dele fecha o resto. Programas que leem "até o fim de arquivo" dependem disso.
            """),
        Try = ["trama serve --echo --keep-open", "printf hello | ncat localhost 5000"],
        Cure = (
            """
            Nothing to cure. A server that takes the FIN for a farewell and drops the reply, or a firewall that forgets
            half-closed connections early, is what can go wrong with it.
            """,
            """
            Nada a curar. O que pode dar errado é um servidor que toma o FIN por despedida e larga a resposta, ou um firewall
            que esquece cedo conexões meio fechadas.
            """),
        See = "RFC 9293 (3.6, 3.6.1)",
        Lesson = null,
    };
}
