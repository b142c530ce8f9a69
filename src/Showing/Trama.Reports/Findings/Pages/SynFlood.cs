using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.SynFlood"/>.</summary>
internal static class SynFlood
{
    public static FindingPage Page { get; } = new(FindingId.SynFlood)
    {
        Label = ("flood of SYNs", "enxurrada de SYNs"),
        Text = static f => f.Say("Many SYNs came", "Chegaram muitos SYNs") + f.With(FactName.Count, ": #", ": #")
            + f.With(FactName.SumNs, " in #", " em #")
            + f.Say(
                ", and the handshakes were never completed: an attack or a scanner.",
                ", e os handshakes nunca foram completados: um ataque ou um scanner."),
        Advice = static f => f.Say(
            "switch on SYN cookies at the server (net.ipv4.tcp_syncookies=1) and limit SYNs per source in front of it.",
            "ligue SYN cookies no servidor (net.ipv4.tcp_syncookies=1) e limite os SYNs por origem na frente dele."),
        What = (
            """
            Many SYNs arrive, from many ports or addresses, and nobody completes the handshake: an attack, or a scanner.
            """,
            """
            Chegam muitos SYNs, de muitas portas ou endereços, e ninguém completa o handshake: um ataque, ou um scanner.
            """),
        How = (
            """
            For each SYN a server keeps a half-open connection and repeats its SYN-ACK for about a minute. Whoever sends SYNs
            under borrowed addresses fills that table at no cost to himself, and real clients are turned away. With SYN cookies
            the server keeps nothing until the handshake is complete.
            """,
            """
            Para cada SYN o servidor guarda uma conexão meio aberta e repete o SYN-ACK por cerca de um minuto. Quem envia SYNs
            com endereços alheios enche essa tabela sem custo próprio, e clientes de verdade são barrados. Com SYN cookies o
            servidor não guarda nada até o handshake se completar.
            """),
        Try = ["trama demo --fault syn-flood"],
        Cure = (
            """
            On the server: net.ipv4.tcp_syncookies=1 (the default on Linux); "nstat -az TcpExtSyncookiesSent" shows whether they
            are at work. In front of it: limit SYNs per source, or a provider that filters. If all come from one address of your
            own, look for a client that connects in a loop and never finishes.
            """,
            """
            No servidor: net.ipv4.tcp_syncookies=1 (o padrão no Linux); "nstat -az TcpExtSyncookiesSent" mostra se estão em uso.
            Na frente dele: limite os SYNs por origem, ou um provedor que filtre. Se todos vêm de um endereço seu, procure um
            cliente que conecta em laço e nunca termina.
            """),
        See = "RFC 4987",
        Lesson = new(
            ("Many SYNs arrive from addresses and ports where nobody is.",
                "Chegam muitos SYNs de endereços e portas onde não há ninguém."),
            ("SYN-ACKs that nobody acknowledges: the server is left with half-open connections.",
                "SYN-ACKs que ninguém confirma: o servidor fica com conexões meio abertas.")),
    };
}
