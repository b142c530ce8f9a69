using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.MiddleboxReset"/>.</summary>
internal static class MiddleboxReset
{
    public static FindingPage Page { get; } = new(FindingId.MiddleboxReset)
    {
        Label = ("reset by a device on the path", "interrompida por um dispositivo no caminho"),
        Text = static f => f.Say(
            "A device between the two cut the connection: the RST did not come from the side whose address it bears",
            "Um dispositivo entre os dois cortou a conexão: o RST não veio do lado cujo endereço ele traz")
            + f.With(FactName.TimeToLive, " (its TTL is #", " (o TTL dele é #")
            + f.With(FactName.UsualTimeToLive, ", that of the others #)", ", o dos outros é #)") + ".",
        TextOfBoth = static f => f.Say(
            $"A device between the two cut the connection: it made up a RST of the {f.Sender}, who never sent it",
            $"Um dispositivo entre os dois cortou a conexão: inventou um RST do {f.Sender}, que nunca o enviou")
            + f.With(FactName.TimeToLive, " (its TTL is #", " (o TTL dele é #")
            + f.With(FactName.UsualTimeToLive, ", that of the others #", ", o dos outros #")
            + (f.Finding[FactName.TimeToLive] is null ? "." : ")."),
        Advice = static f => f.Say(
            "look for a firewall, filter or NAT on the path; a capture at the other end shows that this RST never left there.",
            "procure um firewall, filtro ou NAT no caminho; uma captura na outra ponta mostra que este RST não saiu de lá."),
        AdviceOfBoth = static f => f.Say(
            "look for a firewall, filter or NAT between the two, and its rules and time limits.",
            "procure um firewall, filtro ou NAT entre os dois, suas regras e limites de tempo."),
        What = (
            """
            A device between the two forged RST segments in the name of the other side, often to both. Neither program ended the
            connection, and each believes that the other did.
            """,
            """
            Um dispositivo entre os dois forjou segmentos RST em nome do outro lado, muitas vezes para ambos. Nenhum programa
            encerrou a conexão, e cada um acha que foi o outro.
            """),
        How = (
            """
            Firewalls, intrusion prevention, content filters and some NATs cut connections so, because of what was said, or
            because they forgot the connection. They do not sit at the end of the path, so the RST carries another TTL than the
            peer's other packets; they seldom copy the timestamps option; the IP identification does not continue the peer's;
            and the RST may arrive before the real peer could have answered. A capture at the other end shows whether it ever
            left there.
            """,
            """
            Firewalls, prevenção de intrusão, filtros de conteúdo e alguns NATs cortam conexões assim, por causa do que foi dito
            ou porque esqueceram a conexão. Eles não estão no fim do caminho, então o RST traz um TTL diferente do dos outros
            pacotes do par; raramente copiam a opção de timestamps; a identificação IP não continua a do par; e o RST pode
            chegar antes que o par verdadeiro pudesse ter respondido. Uma captura na outra ponta mostra se ele saiu de lá.
            """),
        Try = ["trama demo --fault middlebox-reset"],
        Cure = (
            """
            The difference in TTL says how far away the device is; ask its owner for the rule that matched at that time. If it
            cuts idle connections, keep-alives at a shorter interval help. If it cuts because of content, encryption ends the
            reason or the connection.
            """,
            """
            A diferença de TTL diz a que distância está o dispositivo; peça ao dono a regra que casou naquele horário. Se ele
            corta conexões ociosas, keep-alives com intervalo menor ajudam. Se corta por causa do conteúdo, a criptografia acaba
            com o motivo ou com a conexão.
            """),
        See = "RFC 3360, RFC 5961 (3), RFC 7323 (3.2)",
        Lesson = new(
            ("A device on the path dislikes a request and forges RST to both ends.",
                "Um equipamento no caminho não gosta de um pedido e forja RST para as duas pontas."),
            ("The RST has another TTL than the server's packets, and comes sooner than the server could have answered.",
                "O RST tem outro TTL que os pacotes do servidor e chega antes do que o servidor poderia responder.")),
    };
}
