using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.IdleCloseRace"/>.</summary>
internal static class IdleCloseRace
{
    public static FindingPage Page { get; } = new(FindingId.IdleCloseRace)
    {
        Label = ("request crossed the close", "pedido cruzou o fechamento"),
        Text = static f => (f.Kind == FindingKind.Stale
            ? f.Say(
                "The client sent its next request on a connection that the server had closed before, as its kernel had acknowledged",
                "O cliente enviou o próximo pedido numa conexão que o servidor já tinha fechado, como o kernel dele tinha confirmado")
            : f.Say(
                "The request crossed the server's close of the idle connection, and is lost with it",
                "O pedido cruzou o fechamento da conexão ociosa pelo servidor, e se perde com ela"))
            + f.With(FactName.IdleNs, "; it had been idle for #", "; ela estava ociosa há #") + ".",
        Advice = static f => f.Kind == FindingKind.Stale ? f.Say(
            "let the client's pool look whether a connection is still open before it uses it, and keep none longer than the server does.",
            "faça o pool do cliente verificar se a conexão ainda está aberta antes de usá-la, e não guardar nenhuma mais que o servidor.")
            : f.Say(
            "let the client, or the proxy before the server, close idle connections sooner than the server does.",
            "faça o cliente, ou o proxy antes do servidor, fechar conexões ociosas antes que o servidor feche."),
        What = (
            """
            The server closed a connection that had been idle, at the moment at which the client sent its next request. The
            request is answered with RST; behind a proxy, users see 502.
            """,
            """
            O servidor fechou uma conexão ociosa no momento em que o cliente enviava o próximo pedido. O pedido recebe RST;
            atrás de um proxy, os usuários veem 502.
            """),
        How = (
            """
            A server with an idle limit (5 s in Node.js and Apache, 75 s in nginx) sends FIN when it is over. A request that is
            on its way then finds nobody: it neither acknowledges the FIN nor is acknowledged by it. The two cross within a
            round trip, so it happens seldom, and more often the longer the path and the busier the pool, and most often when
            both sides have the same limit.
            """,
            """
            Um servidor com limite de ociosidade (5 s no Node.js e no Apache, 75 s no nginx) envia FIN quando ele acaba. Um
            pedido que está a caminho não encontra ninguém: nem confirma o FIN nem é confirmado por ele. Os dois se cruzam
            dentro de uma ida e volta, então é raro, mais comum quanto mais longo o caminho e mais ocupado o pool, e o mais
            comum quando os dois lados têm o mesmo limite.
            """),
        Try = ["trama demo --fault idle-close-race", "trama serve --keep-open --idle 5s"],
        Cure = (
            """
            The one who sends requests must have the shorter limit: the pool's or proxy's idle time below the server's
            (server.keepAliveTimeout, keepalive_timeout). Repeat requests that do no harm twice on a new connection; HTTP allows
            it for idempotent methods.
            """,
            """
            Quem envia pedidos precisa do limite menor: o tempo ocioso do pool ou do proxy abaixo do servidor
            (server.keepAliveTimeout, keepalive_timeout). Repita numa conexão nova os pedidos que não fazem mal em dobro; o HTTP
            permite para métodos idempotentes.
            """),
        See = "RFC 9112 (9.5), RFC 9110 (9.2.2), RFC 9293 (3.6)",
        Lesson = new(
            ("The server closes the idle connection while the client's next request is on its way.",
                "O servidor fecha a conexão ociosa enquanto o próximo pedido do cliente está a caminho."),
            ("FIN and request pass each other; the request is answered with RST.",
                "O FIN e o pedido se cruzam; a resposta ao pedido é um RST.")),
    };
}
