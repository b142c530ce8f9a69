using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.ErrorReplies"/>.</summary>
internal static class ErrorReplies
{
    public static FindingPage Page { get; } = new(FindingId.ErrorReplies)
    {
        Label = ("error replies", "respostas de erro"),
        Text = static f => f.Say("The application itself reports errors", "A própria aplicação relata erros")
            + f.With(FactName.Count, ", in #", ", em #")
            + f.Counted(FactName.Total, (" of # reply", " of # replies"), (" de # resposta", " de # respostas"))
            + f.Said + f.Say(". TCP delivered them in good order.", ". O TCP os entregou em boa ordem."),
        Advice = static f => f.Finding.Party switch
        {
            Party.Client => f.Say(
                "look at what was asked: by the protocol's words the request cannot be fulfilled as it is.",
                "veja o que foi pedido: pelas palavras do protocolo, o pedido não pode ser atendido como está."),
            Party.Server => f.Say(
                "look into the server's log at that moment: by the protocol's words it could not do what it was asked.",
                "veja o log do servidor naquele momento: pelas palavras do protocolo, ele não conseguiu fazer o que foi pedido."),
            _ => f.Say(
                "look up the words of the reply in the server's documentation and log.",
                "procure as palavras da resposta na documentação e no log do servidor."),
        },
        What = (
            """
            The application itself says that requests failed: an HTTP status of 4xx or 5xx, an SQL error, a gRPC status, a broker's
            reason. Connection and path did their work.
            """,
            """
            A própria aplicação diz que pedidos falharam: um status HTTP 4xx ou 5xx, um erro SQL, um status gRPC, um motivo do
            broker. A conexão e o caminho fizeram o seu trabalho.
            """),
        How = (
            """
            Protocols have words for failure, and most of them say whose it is: HTTP's 4xx, SQL's syntax errors and gRPC's
            INVALID_ARGUMENT are about the request, 5xx, a full disk and UNAVAILABLE about the server. A few errors are everyday
            life; where most replies of a server are errors, something is wrong.
            """,
            """
            Protocolos têm palavras para a falha, e a maioria diz de quem ela é: 4xx no HTTP, erros de sintaxe no SQL e
            INVALID_ARGUMENT no gRPC são do pedido; 5xx, disco cheio e UNAVAILABLE são do servidor. Alguns erros fazem parte do dia a
            dia; onde a maioria das respostas de um servidor é erro, algo está errado.
            """),
        Try = ["trama demo --fault error-replies", "trama trace capture.pcap --where 'failed'", "curl -i http://localhost:5000/none"],
        Cure = (
            """
            "trama trace --where failed" lists these exchanges with what was asked and how it ended. Errors of the server: its log,
            its database, its limits. Errors about the request: the address, the rights, the statement.
            """,
            """
            "trama trace --where failed" lista essas trocas com o que foi pedido e como terminou. Erros do servidor: o log, o banco de
            dados, os limites dele. Erros do pedido: o endereço, as permissões, o comando.
            """),
        See = "RFC 9110 (15), RFC 5321 (4.2.1), docs/framing.md",
        Lesson = new(
            ("An HTTP server answers requests with an error of its own.",
                "Um servidor HTTP responde aos pedidos com um erro seu."),
            ("Connection and times are healthy; the replies themselves say 500 or 503.",
                "A conexão e os tempos estão sãos; as próprias respostas dizem 500 ou 503.")),
    };
}
