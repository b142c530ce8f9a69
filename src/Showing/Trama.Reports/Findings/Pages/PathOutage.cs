using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.PathOutage"/>.</summary>
internal static class PathOutage
{
    public static FindingPage Page { get; } = new(FindingId.PathOutage)
    {
        Label = ("outage of the path", "queda do caminho"),
        Text = static f => f.Say("Connections to several hosts stood still at the same time",
            "Conexões com vários hosts pararam ao mesmo tempo")
            + f.With(FactName.Count, " (#)", " (#)")
            + f.With(FactName.LongestNs, ", for up to #", ", por até #")
            + f.Say(": what they share is the path, near this vantage point.", ": o que têm em comum é o caminho, perto deste "
                + "ponto de captura."),
        Advice = static f => f.Say(
            "look at what lies near the capture at that time: link, switch, wireless, VPN, the host's own interface; a second capture "
                + "further away tells how far it reached.",
            "veja o que havia perto da captura nesse momento: enlace, switch, rede sem fio, VPN, a própria interface do host; uma "
                + "segunda captura mais longe diz até onde foi."),
        What = (
            """
            Connections with different hosts lost everything during the same moments. No server fails for another one: the path
            that they share did.
            """,
            """
            Conexões com hosts diferentes perderam tudo nos mesmos momentos. Nenhum servidor falha por outro: falhou o caminho que
            elas compartilham.
            """),
        How = (
            """
            Each sender waits for its timer, doubles it, and tries again (RFC 6298), so connections that died together come back
            one after the other within seconds. One connection alone cannot tell a dead server from a dead path; several can.
            """,
            """
            Cada remetente espera o seu temporizador, dobra-o e tenta de novo (RFC 6298), por isso conexões que pararam juntas
            voltam uma após a outra em segundos. Uma conexão sozinha não distingue um servidor morto de um caminho morto; várias
            distinguem.
            """),
        Try = ["trama demo --fault path-outage", "sudo ip link set IF down; sleep 5; sudo ip link set IF up"],
        Cure = (
            """
            Find what they share: compare with the interface's counters (ip -s link), the switch's log, the radio's signal, the
            tunnel's renewals.
            """,
            """
            Encontre o que têm em comum: compare com os contadores da interface (ip -s link), o log do switch, o sinal do rádio,
            as renovações do túnel.
            """),
        Remedy = Remedy.NoLoss,
        See = "RFC 6298 (5)",
        Lesson = new(
            ("Nothing passes for some seconds, on four connections to two servers.",
                "Nada passa por alguns segundos, em quatro conexões com dois servidores."),
            ("All stand still from one moment on, repeat by their timers, and go on together.",
                "Todas param num mesmo momento, repetem por seus temporizadores e seguem juntas.")),
    };
}
