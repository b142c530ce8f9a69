using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.NoReply"/>.</summary>
internal static class NoReply
{
    public static FindingPage Page { get; } = new(FindingId.NoReply)
    {
        Label = ("no reply", "sem resposta"),
        Text = static f => f.Say(
            "The server's kernel acknowledged the request; its program never replied",
            "O kernel do servidor confirmou o pedido; o programa nunca respondeu")
            + f.With(FactName.LongestNs, ". The client waited # for it", ". O cliente esperou # por isso") + ".",
        Advice = static f => f.Say(
            "look at what the server's program waits for. On the server, ss -tn: bytes in Recv-Q were not even read.",
            "veja o que o programa do servidor espera. No servidor, ss -tn: bytes em Recv-Q nem foram lidos."),
        What = (
            """
            The request arrived, the server's kernel acknowledged it, and no reply ever came; in the end the client stopped
            waiting.
            """,
            """
            O pedido chegou, o kernel do servidor o confirmou, e a resposta nunca veio; no fim o cliente parou de esperar.
            """),
        How = (
            """
            An acknowledgement only says that the bytes are in the kernel's buffer. The program may be stuck on a lock or a
            query, may wait for more because it does not take the request for complete, or may have forgotten to answer. The
            network is well: it carried the request and its acknowledgement.
            """,
            """
            Uma confirmação só diz que os bytes estão no buffer do kernel. O programa pode estar preso num lock ou numa
            consulta, pode esperar mais porque não considera o pedido completo, ou pode ter esquecido de responder. A rede está
            bem: levou o pedido e a confirmação.
            """),
        Try = ["trama demo --fault no-reply", "trama serve --fault no-reply", "trama send localhost 5000 hello --timeout 5s"],
        Cure = (
            """
            Does the request end as the server expects (a line end, a length, a blank line)? "trama follow" shows the exact
            bytes. On the server, "ss -tn": bytes in Recv-Q were not even read by the program; zero means that it has them and
            is thinking. Then look at what its threads wait for. Give the work behind a request a time limit.
            """,
            """
            O pedido termina como o servidor espera (fim de linha, tamanho, linha em branco)? "trama follow" mostra os bytes
            exatos. No servidor, "ss -tn": bytes em Recv-Q nem foram lidos pelo programa; zero diz que ele os tem e está
            pensando. Depois veja o que as threads dele esperam. Dê um limite de tempo ao trabalho por trás de um pedido.
            """),
        See = "RFC 9293 (3.8.6.3), docs/timing.md",
        Lesson = new(
            ("The server reads a request and does nothing more.",
                "O servidor lê um pedido e não faz mais nada."),
            ("The kernel acknowledges the request at once, the program never replies; the client closes.",
                "O kernel confirma o pedido na hora, o programa nunca responde; quem fecha é o cliente.")),
    };
}
