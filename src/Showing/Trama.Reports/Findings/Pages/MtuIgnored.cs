using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.MtuIgnored"/>.</summary>
internal static class MtuIgnored
{
    public static FindingPage Page { get; } = new(FindingId.MtuIgnored)
    {
        Label = ("router's size limit ignored", "limite de tamanho ignorado"),
        Text = static f => f.Say(
            $"A router told the {f.Sender} that its packets are too large, and it goes on sending them as large",
            $"Um roteador disse ao {f.Sender} que os pacotes dele são grandes demais, e ele continua enviando pacotes grandes")
            + f.With(FactName.Mtu, "; # would pass", "; # passariam")
            + f.Counted(FactName.Count, ("; sent again once", "; sent again # times"), ("; reenviado uma vez", "; reenviados # vezes"))
                + ".",
        Advice = static f => f.Say(
            $"find out why the {f.Sender}'s host drops or disbelieves ICMP: a local firewall, a kernel bug, a NAT that does "
                + "not translate it.",
            $"descubra por que a máquina do {f.Sender} descarta o ICMP ou não acredita nele: firewall local, erro do kernel, um NAT "
                + "que não o traduz."),
        What = (
            """
            The path did what it should: a router refused packets that are too large and said which size passes. The sender did
            not listen.
            """,
            """
            O caminho fez o que devia: um roteador recusou pacotes grandes demais e disse que tamanho passa. O remetente não
            ouviu.
            """),
        How = (
            """
            ICMP "fragmentation needed" (IPv4 type 3 code 4) and "packet too big" (ICMPv6 type 2) quote the packet and name the
            next hop's MTU. A sender that obeys cuts its segments at once. One whose firewall drops ICMP, whose NAT does not
            pass it on, whose kernel takes the quoted numbers for forged, or whose MTU is locked, repeats the same size until it
            gives up.
            """,
            """
            O ICMP "fragmentation needed" (IPv4 tipo 3 código 4) e "packet too big" (ICMPv6 tipo 2) citam o pacote e dizem o MTU
            do próximo salto. Um remetente que obedece corta os segmentos na hora. Um cujo firewall descarta ICMP, cujo NAT não
            o repassa, cujo kernel julga forjados os números citados, ou cujo MTU está travado, repete o mesmo tamanho até
            desistir.
            """),
        Try =
        [
            "trama demo --fault mtu-ignored",
            ("sudo iptables -A INPUT -p icmp --icmp-type fragmentation-needed -j DROP", "at the sender", "no remetente"),
        ],
        Cure = (
            """
            Let ICMP in at the sender, related to its connections at least. Check "ip route get ADDRESS": does it show the
            learned mtu? Where it cannot be mended, clamp the MSS on the way, or let the sender search:
            net.ipv4.tcp_mtu_probing=1.
            """,
            """
            Deixe entrar ICMP no remetente, ao menos o relativo às conexões dele. Confira "ip route get ENDEREÇO": ele mostra o
            mtu aprendido? Onde não há conserto, limite o MSS no caminho, ou deixe o remetente procurar:
            net.ipv4.tcp_mtu_probing=1.
            """),
        See = "RFC 1191 (6), RFC 8201 (4), RFC 4821",
        Lesson = new(
            ("A router refuses large packets and says so; the client's firewall drops what it says.",
                "Um roteador recusa pacotes grandes e o diz; o firewall do cliente descarta o que ele diz."),
            ("ICMP with the MTU arrives, and the same segment is sent again as large as before.",
                "Chega ICMP com a MTU, e o mesmo segmento é reenviado tão grande quanto antes.")),
    };
}
