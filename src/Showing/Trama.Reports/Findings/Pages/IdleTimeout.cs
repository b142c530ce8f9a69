using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.IdleTimeout"/>.</summary>
internal static class IdleTimeout
{
    public static FindingPage Page { get; } = new(FindingId.IdleTimeout)
    {
        Label = ("given up while idle", "abandonada por ociosidade"),
        Text = static f => f.Kind switch
        {
            FindingKind.Swallowed => f.Say(
                "After a silence the path swallows what is sent: a device between the two has forgotten the connection",
                "Depois de um silêncio o caminho engole o que é enviado: um dispositivo entre os dois esqueceu a conexão") + Idle(f) + ".",
            FindingKind.Forgotten => f.Say(
                "What was sent after a silence was answered with RST: the connection had been given up meanwhile",
                "O que foi enviado depois de um silêncio recebeu RST: a conexão tinha sido abandonada nesse meio-tempo") + Idle(f) + ".",
            _ => f.Say(
                $"The {f.Sender} reset the connection after a silence: its idle limit was reached",
                $"O {f.Sender} interrompeu a conexão depois de um silêncio: o limite de ociosidade dele foi atingido") + Idle(f) + ".",
        },
        Advice = static f => f.Say(
            "keep it alive below the limit (keep-alive every 45 s), or let the side that asks close first; typical limits: 60, "
                + "350, 900, 4000 s.",
            "mantenha-a viva abaixo do limite (keep-alive a cada 45 s), ou deixe fechar antes o lado que pergunta; limites típicos: 60, "
                + "350, 900, 4000 s."),
        What = (
            """
            The connection was silent for minutes, and then it was gone: reset by a side whose limit was reached, or forgotten
            by a firewall, NAT or balancer in between, which resets or swallows what comes next.
            """,
            """
            A conexão ficou em silêncio por minutos, e então acabou: interrompida por um lado cujo limite foi atingido, ou
            esquecida por um firewall, NAT ou balanceador no meio, que interrompe ou engole o que vem depois.
            """),
        How = (
            """
            TCP itself never ends an idle connection. Programs do, and so does every device that keeps a table of connections:
            60 s at many proxies and balancers, 350 s at AWS network balancers and NAT gateways, 240 s at Azure's, 900 s and
            3600 s at firewalls. Some send RST to both sides when they forget, others say nothing until the next segment, which
            they answer with RST or drop. The side that spoke last believes in the connection until then, so the failure looks
            sudden.
            """,
            """
            O TCP por si nunca encerra uma conexão ociosa. Programas encerram, e também todo dispositivo que guarda uma tabela
            de conexões: 60 s em muitos proxies e balanceadores, 350 s em balanceadores de rede e gateways NAT da AWS, 240 s nos
            da Azure, 900 s e 3600 s em firewalls. Alguns enviam RST aos dois lados ao esquecer, outros não dizem nada até o
            próximo segmento, que respondem com RST ou descartam. O lado que falou por último acredita na conexão até lá, e a
            falha parece súbita.
            """),
        Try =
        [
            "trama demo --fault idle-timeout",
            "trama serve --keep-open",
            ("sleep 61; sudo ss -K sport = :5000", "while a client that has spoken is silent",
                "enquanto um cliente que já falou está em silêncio"),
        ],
        Cure = (
            """
            Send something before the limit: TCP keep-alive (SO_KEEPALIVE with TCP_KEEPIDLE below it), or the protocol's own
            ping. Or let the pool close connections that have been idle for less than the limit. Raise the limit of the device
            where it is yours. A request that may be repeated should be, on a new connection.
            """,
            """
            Envie algo antes do limite: keep-alive do TCP (SO_KEEPALIVE com TCP_KEEPIDLE abaixo dele), ou o ping do próprio
            protocolo. Ou faça o pool fechar conexões ociosas há menos que o limite. Aumente o limite do dispositivo, se for
            seu. Um pedido que pode ser repetido deve ser, numa conexão nova.
            """),
        See = "RFC 9293 (3.8.4), RFC 5382 (5), tcp(7)",
        Lesson = new(
            ("After a minute of silence the server gives the connection up.",
                "Depois de um minuto de silêncio, o servidor desiste da conexão."),
            ("A RST out of nothing, a minute after the last segment: nobody had asked.",
                "Um RST do nada, um minuto depois do último segmento: ninguém tinha pedido nada.")),
    };

    private static string Idle(FindingFacts f) => f.With(FactName.IdleNs, "; it had been idle for #", "; ela estava ociosa há #");
}
