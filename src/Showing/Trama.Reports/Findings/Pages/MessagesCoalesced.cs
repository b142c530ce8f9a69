using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.MessagesCoalesced"/>.</summary>
internal static class MessagesCoalesced
{
    public static FindingPage Page { get; } = new(FindingId.MessagesCoalesced)
    {
        Label = ("several messages taken for one", "várias mensagens tomadas por uma"),
        Text = static f => f.Say(
            "Several requests arrived together and the server took them for one; the later ones got no reply",
            "Vários pedidos chegaram juntos e o servidor os tomou por um só; os últimos ficaram sem resposta")
            + f.With(FactName.Total, ". Requests: #", ". Pedidos: #") + f.With(FactName.Count, ", replies: #", ", respostas: #") + ".",
        Advice = static f => f.Say(
            "let the server take every whole message out of what it has read, and answer each.",
            "faça o servidor tirar do que leu todas as mensagens inteiras, e responder a cada uma."),
        What = (
            """
            Several messages of the client arrived together, and the server took them for one: the later ones never got a reply.
            """,
            """
            Várias mensagens do cliente chegaram juntas, e o servidor as tomou por uma: as últimas nunca tiveram resposta.
            """),
        How = (
            """
            TCP keeps no borders between writes. Nagle's algorithm joins small writes while an acknowledgement is outstanding, a
            busy receiver finds several in one recv(), and a client may write them at once. A server that answers once per
            recv() then answers too few.
            """,
            """
            O TCP não guarda fronteiras entre escritas. O algoritmo de Nagle junta escritas pequenas enquanto há uma confirmação
            pendente, um receptor ocupado encontra várias num recv(), e um cliente pode escrevê-las de uma vez. Um servidor que
            responde uma vez por recv() responde então a menos.
            """),
        Try =
        [
            "trama demo --fault messages-coalesced",
            "trama serve --keep-open",
            "printf 'one\\ntwo\\nthree\\n' | trama send localhost 5000",
        ],
        Cure = (
            """
            In the server: after each recv(), take all whole messages out of the buffer, answer each, and keep the rest.
            TCP_NODELAY at the client only hides the error, since a slower moment brings it back.
            """,
            """
            No servidor: depois de cada recv(), tire do buffer todas as mensagens inteiras, responda a cada uma, e guarde o
            resto. TCP_NODELAY no cliente só esconde o erro, pois um momento mais lento o traz de volta.
            """),
        See = "RFC 9293 (2.2, 3.7.4), docs/framing.md",
        Lesson = new(
            ("The client writes messages one after the other; TCP joins them, and the server takes each recv(1024) for one.",
                "O cliente escreve mensagens uma atrás da outra; o TCP as junta, e o servidor toma cada recv(1024) por uma."),
            ("Several lines in one segment, one reply: the later ones never get theirs.",
                "Várias linhas num segmento, uma resposta: as últimas ficam sem a sua.")),
    };
}
