using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.ClosedWithoutReply"/>.</summary>
internal static class ClosedWithoutReply
{
    public static FindingPage Page { get; } = new(FindingId.ClosedWithoutReply)
    {
        Label = ("closed without a reply", "fechada sem resposta"),
        Text = static f => f.Say(
            "The server read the request and closed the connection without a reply",
            "O servidor leu o pedido e fechou a conexão sem responder") + f.With(FactName.LongestNs, ", # after it", ", # depois dele")
            + ".",
        Advice = static f => f.Say(
            "read the server's log at that time: an error before the reply, or an idle limit.",
            "leia o log do servidor naquele horário: um erro antes da resposta, ou um limite de ociosidade."),
        What = (
            """
            The server took the request and closed the connection in order, with FIN, without a byte of reply. The client reads
            end-of-file.
            """,
            """
            O servidor recebeu o pedido e fechou a conexão em ordem, com FIN, sem um byte de resposta. O cliente lê fim de
            arquivo.
            """),
        How = (
            """
            FIN instead of RST says that the server's program had read everything and called close() or ended: it decided not to
            answer, met an error on the way, or its idle limit ran out at the very moment when the request came.
            """,
            """
            FIN em vez de RST diz que o programa do servidor leu tudo e chamou close() ou terminou: decidiu não responder,
            encontrou um erro no caminho, ou o limite de ociosidade dele acabou no momento exato em que o pedido chegou.
            """),
        Try = ["trama demo --fault closed-without-reply", "trama serve --fault closed-without-reply"],
        Cure = (
            """
            Read the server's log at that time; look for a handler that returns or fails before it writes. Answer errors with an
            error message. On connections that stay open, let the client close idle ones first, and repeat a request that is
            safe to repeat on a new connection.
            """,
            """
            Leia o log do servidor naquele horário; procure um tratador que retorna ou falha antes de escrever. Responda a erros
            com uma mensagem de erro. Em conexões que ficam abertas, faça o cliente fechar as ociosas primeiro, e repita numa
            conexão nova o pedido que pode ser repetido.
            """),
        See = "RFC 9293 (3.6), RFC 9112 (9.3.1)",
        Lesson = new(
            ("The server reads a request and closes.",
                "O servidor lê um pedido e fecha."),
            ("The request is acknowledged, then comes FIN and no byte of a reply.",
                "O pedido é confirmado, depois vem FIN e nenhum byte de resposta.")),
    };
}
