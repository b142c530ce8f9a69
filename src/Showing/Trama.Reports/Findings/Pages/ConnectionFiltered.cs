using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.ConnectionFiltered"/>.</summary>
internal static class ConnectionFiltered
{
    public static FindingPage Page { get; } = new(FindingId.ConnectionFiltered)
    {
        Label = ("no answer to the SYN", "SYN sem resposta"),
        Text = static f => f.Kind switch
        {
            FindingKind.ReturnPath => f.Say(
                "The server answered the SYN, but its SYN-ACK never reached the client: something drops it on the way back",
                "O servidor respondeu ao SYN, mas o SYN-ACK nunca chegou ao cliente: algo o descarta na volta") + Tries(f) + ".",
            FindingKind.Host => f.Say(
                "The SYN reached the server's host and nothing came back: that host drops it without a word",
                "O SYN chegou à máquina do servidor e nada voltou: essa máquina o descarta sem aviso") + Tries(f) + ".",
            FindingKind.ActiveData => f.Say(
                "The FTP server opens a data connection to its client (active mode), and nobody there answers: a firewall before the "
                + "client",
                "O servidor FTP abre uma conexão de dados para o cliente (modo ativo), e ninguém lá responde: um firewall na frente do "
                + "cliente")
                + Tries(f) + ".",
            _ => f.Say(
                "Nobody answered the SYN, not even with a refusal: something drops it, or its answer",
                "Ninguém respondeu ao SYN, nem para recusar: algo o descarta, ou descarta a resposta") + Tries(f) + ".",
        },
        TextOfBoth = static f => f.Kind == FindingKind.Plain ? f.Say(
            "The SYN left the client and never reached the server's host: something on the path drops it",
            "O SYN saiu do cliente e nunca chegou à máquina do servidor: algo no caminho o descarta")
            + f.Counted(FactName.Count, ("; # try", "; # tries"), ("; # tentativa", "; # tentativas"))
            + f.With(FactName.SumNs, " in #", " em #") + "." : "",
        Advice = static f => f.Kind switch
        {
            FindingKind.ReturnPath => f.Say(
                "look at firewalls and routes from the server back to the client.",
                "veja firewalls e rotas do servidor de volta até o cliente."),
            FindingKind.Host => f.Say(
                "look at the firewall of the server's host: nft list ruleset, iptables -L -v",
                "veja o firewall da máquina do servidor: nft list ruleset, iptables -L -v"),
            FindingKind.ActiveData => f.Say(
                "let the client use passive mode (PASV, EPSV), in which it opens the data connections itself.",
                "faça o cliente usar o modo passivo (PASV, EPSV), em que ele mesmo abre as conexões de dados."),
            _ => f.Say(
                "check address and port, then the firewalls on the way; a capture on the server's host tells whether the SYN gets "
                + "there.",
                "confira endereço e porta, depois os firewalls no caminho; uma captura na máquina do servidor diz se o SYN chega lá."),
        },
        AdviceOfBoth = static f => f.Kind == FindingKind.Plain ? f.Say(
            "check the address, then firewalls and routes between the two.",
            "confira o endereço, depois firewalls e rotas entre os dois.") : "",
        What = (
            """
            The client asks to connect and hears nothing: no SYN-ACK, no RST, no ICMP. The program waits until it gives up
            (ETIMEDOUT).
            """,
            """
            O cliente pede a conexão e não ouve nada: nem SYN-ACK, nem RST, nem ICMP. O programa espera até desistir
            (ETIMEDOUT).
            """),
        How = (
            """
            A living host answers every SYN, if only with RST; silence means that the SYN or its answer was dropped: by a
            firewall that discards, a security group, a route that leads nowhere, an address that nobody has. The kernel repeats
            the SYN after 1 s and later at growing intervals; Linux gives up after a minute or two. In a capture on the client,
            drops on the way there, at the host and on the way back all look alike: a capture on the server tells them apart (no
            SYN there: lost before it; SYN and SYN-ACK: lost on the way back; SYN alone: dropped by that host).
            """,
            """
            Uma máquina viva responde a todo SYN, nem que seja com RST; silêncio quer dizer que o SYN ou a resposta foi
            descartado: por um firewall que descarta, um security group, uma rota que não leva a lugar nenhum, um endereço que
            ninguém tem. O kernel repete o SYN após 1 s e mais tarde a intervalos crescentes; o Linux desiste depois de um ou
            dois minutos. Numa captura no cliente, o descarte na ida, na máquina ou na volta tem a mesma cara: uma captura no
            servidor os distingue (sem SYN lá: perdido antes; SYN e SYN-ACK: perdido na volta; só SYN: descartado por aquela
            máquina).
            """),
        Try =
        [
            "trama demo --fault connection-filtered",
            "sudo iptables -A INPUT -p tcp --dport 5000 -j DROP; trama send localhost 5000 hello",
        ],
        Cure = (
            """
            Check address and port; then the firewalls in order from the server outwards: the host's own (nft list ruleset,
            iptables -L -v: which counter grows?), the cloud's security groups, the routers. Check the way back too: the server
            needs a route to the client. Let firewalls of your own reject instead of drop, so that people learn at once. Give
            connect() a timeout of a few seconds in the program.
            """,
            """
            Confira endereço e porta; depois os firewalls em ordem, do servidor para fora: o da própria máquina (nft list
            ruleset, iptables -L -v: que contador cresce?), os security groups da nuvem, os roteadores. Confira a volta também:
            o servidor precisa de uma rota até o cliente. Faça seus próprios firewalls rejeitarem em vez de descartar, para que
            as pessoas saibam na hora. No programa, dê ao connect() um limite de poucos segundos.
            """),
        Remedy = Remedy.NoLoss,
        See = "RFC 9293 (3.8.3), RFC 6298 (2, 5.7)",
        Lesson = new(
            ("A device on the path drops every SYN without a word.",
                "Um equipamento no caminho descarta todo SYN em silêncio."),
            ("The same SYN goes out again and again, and nothing comes back, not even an error.",
                "O mesmo SYN sai de novo e de novo, e nada volta, nem sequer um erro.")),
    };

    private static string Tries(FindingFacts f) =>
        f.Counted(FactName.Count, ("; # try", "; # tries"), ("; # tentativa", "; # tentativas")) + f.With(FactName.SumNs, " in #", " em #");
}
