using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.ConnectionRejectedByIcmp"/>.</summary>
internal static class ConnectionRejectedByIcmp
{
    public static FindingPage Page { get; } = new(FindingId.ConnectionRejectedByIcmp)
    {
        Label = ("connection rejected by ICMP", "conexão rejeitada por ICMP"),
        Text = static f => f.Kind == FindingKind.Loop ? f.Say(
            "A router threw the SYN away because its time to live was over: it goes round in circles on the way",
            "Um roteador descartou o SYN porque o tempo de vida dele acabou: ele dá voltas no caminho") + "." : Who(f)
            + f.With(FactName.IcmpCode, ": destination unreachable, code #", ": destino inalcançável, código #") + Meaning(f) + ".",
        Advice = static f => f.Say(
            "look at routes and firewall rules of the device that sent the ICMP message.",
            "veja rotas e regras de firewall do dispositivo que enviou a mensagem ICMP."),
        What = (
            """
            Somebody answers the SYN with an ICMP error, such as "host unreachable" or "administratively prohibited", instead of
            letting the connection open.
            """,
            """
            Alguém responde ao SYN com um erro ICMP, como "host unreachable" ou "administratively prohibited", em vez de deixar
            a conexão abrir.
            """),
        How = (
            """
            A router that knows no way further, or a firewall that rejects politely, sends ICMP destination unreachable with the
            beginning of the packet it concerns. Its source address tells who refused: a router on the path, or the server's
            host. During the handshake most kernels pass it on to the program (EHOSTUNREACH, ENETUNREACH, ECONNREFUSED for port
            unreachable), sometimes after repeating the SYN, since the condition may be passing.
            """,
            """
            Um roteador que não conhece caminho adiante, ou um firewall que rejeita com educação, envia ICMP destination
            unreachable com o começo do pacote em questão. O endereço de origem diz quem recusou: um roteador no caminho ou a
            máquina do servidor. Durante o handshake a maioria dos kernels repassa o erro ao programa (EHOSTUNREACH,
            ENETUNREACH, ECONNREFUSED para porta inalcançável), às vezes depois de repetir o SYN, pois a situação pode ser
            passageira.
            """),
        Try =
        [
            "trama demo --fault connection-rejected-by-icmp",
            "sudo iptables -A INPUT -p tcp --dport 5000 -j REJECT; trama send localhost 5000 hello",
        ],
        Cure = (
            """
            Look at the device whose address sent the ICMP: code 0, 1 a missing route or a host that does not answer ARP; code 3
            no such port; codes 9, 10, 13 a rule that forbids it. Change that route or rule. If the sender is unknown to you,
            its owner is the one to ask.
            """,
            """
            Olhe o dispositivo cujo endereço enviou o ICMP: códigos 0 e 1, falta de rota ou máquina que não responde ao ARP;
            código 3, porta inexistente; códigos 9, 10 e 13, uma regra que proíbe. Mude essa rota ou regra. Se o remetente não é
            seu, é ao dono dele que se pergunta.
            """),
        See = "RFC 792, RFC 1122 (3.2.2.1), RFC 1812 (5.2.7.1), RFC 5461",
        Lesson = new(
            ("A router on the path refuses the SYN with an ICMP message.",
                "Um roteador no caminho recusa o SYN com uma mensagem ICMP."),
            ("The answer to the SYN is no TCP segment; it comes from an address that is not the server's.",
                "A resposta ao SYN não é um segmento TCP; vem de um endereço que não é o do servidor.")),
    };

    private static string Who(FindingFacts f) => f.Kind switch
    {
        FindingKind.Router => f.Say("A router on the path refused the SYN with ICMP", "Um roteador no caminho recusou o SYN com ICMP"),
        FindingKind.Host => f.Say("The server's host refused the SYN with ICMP", "A máquina do servidor recusou o SYN com ICMP"),
        _ => f.Say("The SYN was refused with ICMP", "O SYN foi recusado com ICMP"),
    };

    // RFC 792 and RFC 1812 section 5.2.7.1; the type tells IPv4's from IPv6's (RFC 4443 section 3.1).
    private static string Meaning(FindingFacts f) => (f.Finding[FactName.IcmpType], f.Finding[FactName.IcmpCode]) switch
    {
        (3, 0) or (1, 0) => f.Say(" (no route)", " (sem rota)"),
        (3, 1) or (1, 3) => f.Say(" (the host cannot be reached)", " (a máquina não é alcançada)"),
        (3, 3) or (1, 4) => f.Say(" (nothing on this port)", " (nada nesta porta)"),
        (3, 9 or 10 or 13) or (1, 1 or 5 or 6) => f.Say(" (forbidden by a rule)", " (proibido por uma regra)"),
        _ => "",
    };
}
