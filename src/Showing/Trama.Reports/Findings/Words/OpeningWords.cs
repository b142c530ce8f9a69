using Trama.Diagnosis;

namespace Trama.Reports.Findings.Words;

/// <summary>About connections that do not open, or open late.</summary>
internal static class OpeningWords
{
    public static string Text(in FindingFacts f) => f.Id switch
    {
        FindingId.ConnectionRefused => f.Say("Nothing listens on this port: the server's host answered the SYN with RST", "Nada escuta nesta porta: a máquina do servidor respondeu ao SYN com RST")
            + f.With(FactName.LongestNs, " after #", " após #") + ".",
        FindingId.ConnectionFiltered when f.Kind == FindingKind.ReturnPath => f.Say(
            "The server answered the SYN, but its SYN-ACK never reached the client: something drops it on the way back", "O servidor respondeu ao SYN, mas o SYN-ACK nunca chegou ao cliente: algo o descarta na volta")
            + Tries(f) + ".",
        FindingId.ConnectionFiltered when f.Kind == FindingKind.Host => f.Say(
            "The SYN reached the server's host and nothing came back: that host drops it without a word", "O SYN chegou à máquina do servidor e nada voltou: essa máquina o descarta sem aviso")
            + Tries(f) + ".",
        FindingId.ConnectionFiltered => f.Say(
            "Nobody answered the SYN, not even with a refusal: something drops it, or its answer", "Ninguém respondeu ao SYN, nem para recusar: algo o descarta, ou descarta a resposta")
            + Tries(f) + ".",
        FindingId.ConnectionRejectedByIcmp => Who(f) + f.With(FactName.IcmpCode, ": destination unreachable, code #", ": destino inalcançável, código #") + Meaning(f) + ".",
        FindingId.BacklogOverflow => f.Say(
            "The server's program listens but does not accept: its queue of new connections is full", "O programa do servidor escuta, mas não aceita: a fila de conexões novas está cheia")
            + f.Counted(FactName.Count, ("; # connection got no answer", "; # connections got no answer"), ("; # conexão ficou sem resposta", "; # conexões ficaram sem resposta"))
            + f.With(FactName.LongestNs, ", for up to #", ", por até #") + ".",
        FindingId.SlowToOpen => f.Say("The connection opened only after its SYN or SYN-ACK was sent again", "A conexão só abriu depois que o SYN ou o SYN-ACK foi enviado de novo")
            + f.With(FactName.SumNs, ", which cost #", ", o que custou #") + ".",
        FindingId.SynFlood => f.Say("Many SYNs came", "Chegaram muitos SYNs") + f.With(FactName.Count, ": #", ": #")
            + f.With(FactName.SumNs, " in #", " em #") + f.Say(", and the handshakes were never completed: an attack or a scanner.", ", e os handshakes nunca foram completados: um ataque ou um scanner."),
        _ => f.Say("The client used the port of an earlier connection again", "O cliente usou de novo a porta de uma conexão anterior")
            + f.With(FactName.EarlierConnection, ", of connection #", ", da conexão #") + f.Say("; these are separate conversations.", "; são conversas separadas."),
    };

    public static string Next(in FindingFacts f) => f.Id switch
    {
        FindingId.ConnectionRefused => f.Say(
            "is the program running on the server, and on this port? There: ss -ltn", "o programa está rodando no servidor, e nesta porta? Lá: ss -ltn"),
        FindingId.ConnectionFiltered when f.Kind == FindingKind.ReturnPath => f.Say(
            "look at firewalls and routes from the server back to the client.", "veja firewalls e rotas do servidor de volta até o cliente."),
        FindingId.ConnectionFiltered when f.Kind == FindingKind.Host => f.Say(
            "look at the firewall of the server's host: nft list ruleset, iptables -L -v", "veja o firewall da máquina do servidor: nft list ruleset, iptables -L -v"),
        FindingId.ConnectionFiltered => f.Say(
            "check address and port, then the firewalls on the way; a capture on the server's host tells whether the SYN gets there.",
            "confira endereço e porta, depois os firewalls no caminho; uma captura na máquina do servidor diz se o SYN chega lá."),
        FindingId.ConnectionRejectedByIcmp => f.Say(
            "look at routes and firewall rules of the device that sent the ICMP message.", "veja rotas e regras de firewall do dispositivo que enviou a mensagem ICMP."),
        FindingId.BacklogOverflow => f.Say(
            "find out what keeps the program from calling accept(). On the server: ss -ltn shows the queue.", "descubra o que impede o programa de chamar accept(). No servidor: ss -ltn mostra a fila."),
        FindingId.SlowToOpen => f.Say(
            "if it happens often, look for loss on the path and for a full queue at the server.", "se acontece com frequência, procure perda no caminho e fila cheia no servidor."),
        FindingId.SynFlood => f.Say(
            "switch on SYN cookies at the server (net.ipv4.tcp_syncookies=1) and limit SYNs per source in front of it.", "ligue SYN cookies no servidor (net.ipv4.tcp_syncookies=1) e limite os SYNs por origem na frente dele."),
        _ => "",
    };

    private static string Tries(in FindingFacts f) =>
        f.Counted(FactName.Count, ("; # try", "; # tries"), ("; # tentativa", "; # tentativas")) + f.With(FactName.SumNs, " in #", " em #");

    private static string Who(in FindingFacts f) => f.Kind switch
    {
        FindingKind.Router => f.Say("A router on the path refused the SYN with ICMP", "Um roteador no caminho recusou o SYN com ICMP"),
        FindingKind.Host => f.Say("The server's host refused the SYN with ICMP", "A máquina do servidor recusou o SYN com ICMP"),
        _ => f.Say("The SYN was refused with ICMP", "O SYN foi recusado com ICMP"),
    };

    // RFC 792 and RFC 1812 section 5.2.7.1; the type tells IPv4's from IPv6's (RFC 4443 section 3.1).
    private static string Meaning(in FindingFacts f) => (f.Finding[FactName.IcmpType], f.Finding[FactName.IcmpCode]) switch
    {
        (3, 0) or (1, 0) => f.Say(" (no route)", " (sem rota)"),
        (3, 1) or (1, 3) => f.Say(" (the host cannot be reached)", " (a máquina não é alcançada)"),
        (3, 3) or (1, 4) => f.Say(" (nothing on this port)", " (nada nesta porta)"),
        (3, 9 or 10 or 13) or (1, 1 or 5 or 6) => f.Say(" (forbidden by a rule)", " (proibido por uma regra)"),
        _ => "",
    };
}
