using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.SlowServer"/>.</summary>
internal static class SlowServer
{
    public static FindingPage Page { get; } = new(FindingId.SlowServer)
    {
        Label = ("slow server", "servidor lento"),
        Text = static f => f.Kind == FindingKind.Greeting ? f.Say(
            "The server speaks first here, and greeted the client only", "Aqui o servidor fala primeiro, e só saudou o cliente")
            + f.Longest(" ", " ") + f.Say(" after the connection was open.", " depois de a conexão abrir.")
            : f.Say("The server's program took", "O programa do servidor levou")
            + f.Longest(" ", " ") + f.Say(" to reply", " para responder")
            + Share(f) + f.InAll + f.Say(". The network is not to blame.", ". A culpa não é da rede."),
        Advice = static f => f.Kind == FindingKind.Greeting ? f.Say(
            "look for what the server asks before it greets: the client's name in DNS, ident (port 113), a blocklist; or for busy workers.",
            "procure o que o servidor consulta antes de saudar: o nome do cliente no DNS, ident (porta 113), uma lista de bloqueio; ou "
            + "workers ocupados.") : f.Say(
            "follow one of these requests in the server's log or profiler.",
            "siga um destes pedidos no log ou no profiler do servidor."),
        What = (
            """
            The server's program takes long to reply. The request arrived and was acknowledged at once; the time passed between
            its last byte and the first byte of the reply.
            """,
            """
            O programa do servidor demora a responder. O pedido chegou e foi confirmado na hora; o tempo passou entre o último
            byte dele e o primeiro byte da resposta.
            """),
        How = (
            """
            The kernel acknowledges by itself, the program answers. A quick ACK and a late reply therefore clear the network.
            What remains after the round trip is taken off is the server's time: computing, a lock, a database, another service,
            or a queue in front of busy workers.
            """,
            """
            O kernel confirma sozinho, o programa responde. Um ACK rápido e uma resposta tardia inocentam a rede. O que sobra
            depois de descontada a ida e volta é tempo do servidor: cálculo, um lock, um banco de dados, outro serviço, ou uma
            fila na frente de workers ocupados.
            """),
        Try = ["trama demo --fault slow-server", "trama serve --fault latency=500ms"],
        Cure = (
            """
            Compare slow and quick requests of the same kind in "trama trace": always slow points to the work itself, now and
            then to queues, locks or collection of garbage. Follow one slow request into the server's log or profiler, and trace
            the server's own connections to its database in the same way.
            """,
            """
            Compare pedidos lentos e rápidos do mesmo tipo no "trama trace": sempre lento aponta para o próprio trabalho, de vez
            em quando para filas, locks ou coleta de lixo. Siga um pedido lento no log ou no profiler do servidor, e trace da
            mesma forma as conexões do servidor com o banco de dados dele.
            """),
        See = "docs/timing.md, RFC 9293 (3.8.6.3)",
        Lesson = new(
            ("The server thinks long over some requests.",
                "O servidor pensa muito em alguns pedidos."),
            ("The ACK of the request comes at once, the reply much later: the path is fast, the program is not.",
                "O ACK do pedido vem na hora, a resposta bem depois: o caminho é rápido, o programa não.")),
    };

    private static string Share(FindingFacts f) => f.Finding[FactName.Total] is null
        ? f.Times
        : f.With(FactName.Count, ", in #", ", em #")
            + f.Counted(FactName.Total, (" of # exchange", " of # exchanges"), (" de # troca", " de # trocas"));
}
