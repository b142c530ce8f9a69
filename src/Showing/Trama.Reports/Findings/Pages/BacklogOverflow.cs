using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.BacklogOverflow"/>.</summary>
internal static class BacklogOverflow
{
    public static FindingPage Page { get; } = new(FindingId.BacklogOverflow)
    {
        Label = ("server does not accept", "servidor não aceita"),
        Text = static f => f.Say(
            "The server's program listens but does not accept: its queue of new connections is full",
            "O programa do servidor escuta, mas não aceita: a fila de conexões novas está cheia")
            + f.Counted(FactName.Count,
                ("; # connection got no answer", "; # connections got no answer"),
                ("; # conexão ficou sem resposta", "; # conexões ficaram sem resposta"))
            + f.With(FactName.LongestNs, ", for up to #", ", por até #") + ".",
        Advice = static f => f.Say(
            "find out what keeps the program from calling accept(). On the server: ss -ltn shows the queue.",
            "descubra o que impede o programa de chamar accept(). No servidor: ss -ltn mostra a fila."),
        What = (
            """
            The server's program listens but does not accept fast enough, or not at all. The queue of finished handshakes is
            full, and new clients get no answer.
            """,
            """
            O programa do servidor escuta, mas não aceita rápido o bastante, ou não aceita nada. A fila de handshakes prontos
            está cheia, e clientes novos ficam sem resposta.
            """),
        How = (
            """
            The kernel completes handshakes by itself and queues them for accept(), up to the backlog given to listen() (on
            Linux capped by net.core.somaxconn). So the first clients connect, their requests are even acknowledged, and nobody
            reads them. When the queue is full, Linux drops further SYNs, and the last ACK of handshakes, without a word;
            clients repeat them after 1, 3, 7 s. It looks like a firewall, on a port that was open a moment ago.
            """,
            """
            O kernel completa os handshakes sozinho e os enfileira para o accept(), até o backlog dado ao listen() (no Linux
            limitado por net.core.somaxconn). Assim os primeiros clientes conectam, seus pedidos são até confirmados, e ninguém
            os lê. Com a fila cheia, o Linux descarta novos SYNs, e o último ACK dos handshakes, sem dizer nada; os clientes os
            repetem após 1, 3, 7 s. Parece um firewall, numa porta que há pouco estava aberta.
            """),
        Try = ["trama demo --fault backlog-overflow", "trama serve --fault backlog-overflow=10s"],
        Cure = (
            """
            On the server: "ss -ltn" shows the queue (Recv-Q) and its limit (Send-Q); "nstat -az TcpExtListenOverflows" counts
            the drops. Find out why the program does not call accept(): a blocked thread, a single worker busy with a slow
            client, no file descriptors left. A larger backlog only helps against short bursts.
            """,
            """
            No servidor: "ss -ltn" mostra a fila (Recv-Q) e o limite dela (Send-Q); "nstat -az TcpExtListenOverflows" conta os
            descartes. Descubra por que o programa não chama accept(): uma thread bloqueada, um único worker ocupado com um
            cliente lento, falta de descritores de arquivo. Um backlog maior só ajuda contra rajadas curtas.
            """),
        See = "listen(2), tcp(7), RFC 4987 (3.3)",
        Lesson = new(
            ("The server listens with a short queue and never accepts; several clients come.",
                "O servidor escuta com uma fila curta e nunca aceita; vêm vários clientes."),
            ("The first ones are connected by the kernel and wait in vain; the SYNs of the others get no answer although the port is open.",
                "Os primeiros são conectados pelo kernel e esperam em vão; os SYNs dos demais ficam sem resposta, embora a porta "
                + "esteja aberta.")),
    };
}
