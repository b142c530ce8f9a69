using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.MtuBlackHole"/>.</summary>
internal static class MtuBlackHole
{
    public static FindingPage Page { get; } = new(FindingId.MtuBlackHole)
    {
        Label = ("large packets vanish", "pacotes grandes somem"),
        Text = static f => f.Kind switch
        {
            FindingKind.Indirect => f.Say(
                "Large packets vanish on the way here and small ones pass",
                "Pacotes grandes somem no caminho até aqui e os pequenos passam")
                + f.With(FactName.LostBytes, ": # never came", ": # nunca vieram")
                + f.With(FactName.Bytes, ", the largest segment that did had #", ", o maior segmento que veio tinha #") + ".",
            _ => f.Say(
                "Large packets vanish on the way and small ones pass",
                "Pacotes grandes somem no caminho e os pequenos passam")
                + f.With(FactName.LostBytes, ": segments of # never arrive", ": segmentos de # nunca chegam")
                + f.With(FactName.Bytes, ", # still pass", ", # ainda passam")
                + f.Counted(FactName.Count,
                    ("; sent again once", "; sent again # times"),
                    ("; reenviado uma vez", "; reenviados # vezes")) + f.With(FactName.SumNs, " in #", " em #") + ".",
        },
        Advice = static f => f.Say(
            "let ICMP \"fragmentation needed\" pass, or clamp the MSS (--clamp-mss-to-pmtu); ping -M do finds the size.",
            "deixe passar o ICMP \"fragmentation needed\", ou limite o MSS (--clamp-mss-to-pmtu); ping -M do acha o tamanho."),
        What = (
            """
            Small packets pass, full-size ones vanish without a word. Connections open, short messages work, and the first long
            one hangs.
            """,
            """
            Pacotes pequenos passam, os de tamanho máximo somem sem aviso. Conexões abrem, mensagens curtas funcionam, e a
            primeira longa trava.
            """),
        How = (
            """
            Some link on the path, often a tunnel or VPN, takes only smaller packets. The router there should say so with ICMP
            (fragmentation needed, packet too big), but that ICMP is not sent, or a firewall drops it. The sender repeats the
            same large segment at growing intervals and never learns why.
            """,
            """
            Algum enlace no caminho, muitas vezes um túnel ou VPN, só aceita pacotes menores. O roteador dali deveria avisar por
            ICMP (fragmentation needed, packet too big), mas esse ICMP não é enviado, ou um firewall o descarta. O remetente
            repete o mesmo segmento grande a intervalos crescentes e nunca sabe por quê.
            """),
        Try =
        [
            "trama demo --fault mtu-black-hole",
            ("ping -M do -s 1472 HOST", "1,500 bytes with headers: does it pass?", "1.500 bytes com cabeçalhos: passa?"),
        ],
        Cure = (
            """
            Let ICMP type 3 code 4, and ICMPv6 type 2, through all firewalls. Else clamp the MSS at the tunnel (iptables TCPMSS
            --clamp-mss-to-pmtu), lower the MTU of the interface, or let the sender search by itself:
            net.ipv4.tcp_mtu_probing=1.
            """,
            """
            Deixe passar ICMP tipo 3 código 4, e ICMPv6 tipo 2, em todos os firewalls. Senão limite o MSS no túnel (iptables
            TCPMSS --clamp-mss-to-pmtu), diminua o MTU da interface, ou deixe o remetente procurar sozinho:
            net.ipv4.tcp_mtu_probing=1.
            """),
        Remedy = Remedy.NoLoss,
        See = "RFC 2923, RFC 4821, RFC 1191, RFC 8201",
        Lesson = new(
            ("A router drops large packets and does not say so.",
                "Um roteador descarta pacotes grandes e não avisa."),
            ("Small messages pass; the full-size segments go out again and again.",
                "Mensagens pequenas passam; os segmentos cheios saem de novo e de novo.")),
    };
}
