using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.SlowNetwork"/>.</summary>
internal static class SlowNetwork
{
    public static FindingPage Page { get; } = new(FindingId.SlowNetwork)
    {
        Label = ("long path", "caminho longo"),
        Text = static f => f.Say("The path is long", "O caminho é longo")
            + f.With(FactName.RttNs, ": # there and back", ": # de ida e volta")
            + f.Say(", which every exchange pays. Nothing is lost.", ", que toda troca paga. Nada se perde."),
        Advice = static f => f.Say(
            "make fewer round trips, or bring the two closer together; mtr shows where the time goes.",
            "faça menos idas e voltas, ou aproxime os dois; mtr mostra onde o tempo vai."),
        What = (
            """
            The path is long: every exchange costs at least one round trip, and that is most of its time. Nothing is lost and
            nobody dawdles.
            """,
            """
            O caminho é longo: toda troca custa ao menos uma ida e volta, e isso é a maior parte do tempo dela. Nada se perde e
            ninguém se demora.
            """),
        How = (
            """
            The handshake takes one round trip and no program takes part in it, so it measures the path alone. If the exchanges
            take as long as it did, the distance is the cause: light in fibre needs about 10 ms for 1,000 km there and back;
            satellites, mobile links and VPN detours add more.
            """,
            """
            O handshake leva uma ida e volta e nenhum programa participa dele, por isso mede só o caminho. Se as trocas levam o
            mesmo tempo, a causa é a distância: a luz na fibra precisa de uns 10 ms para 1.000 km de ida e volta; satélites,
            redes móveis e desvios de VPN somam mais.
            """),
        Try = ["trama demo --fault slow-network"],
        Cure = (
            """
            Make fewer round trips: keep connections open, ask for several things in one request, send requests without waiting
            for each reply. Or move the two closer together: a server nearby, a cache. If the round trip was shorter yesterday,
            let traceroute or mtr show where it grew.
            """,
            """
            Faça menos idas e voltas: mantenha conexões abertas, peça várias coisas num pedido, envie pedidos sem esperar cada
            resposta. Ou aproxime os dois: um servidor perto, um cache. Se ontem a ida e volta era menor, traceroute ou mtr
            mostram onde ela cresceu.
            """),
        Remedy = Remedy.ShortWay,
        See = "docs/timing.md, RFC 9293 (3.5)",
        Lesson = new(
            ("The two hosts are far apart.",
                "Os dois hosts estão longe um do outro."),
            ("Handshake and exchanges take the same: one round trip; nobody's program waits.",
                "O handshake e as trocas demoram o mesmo: uma ida e volta; nenhum programa espera.")),
    };
}
