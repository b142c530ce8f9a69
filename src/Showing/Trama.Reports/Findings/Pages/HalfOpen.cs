using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.HalfOpen"/>.</summary>
internal static class HalfOpen
{
    public static FindingPage Page { get; } = new(FindingId.HalfOpen)
    {
        Label = ("half-open connection", "conexão meio aberta"),
        Text = static f => f.Say(
            "The server answered the SYN, again and again, and nobody acknowledged its SYN-ACK",
            "O servidor respondeu ao SYN, repetidas vezes, e ninguém confirmou o SYN-ACK dele")
            + f.Counted(FactName.Count, ("; # try", "; # tries"), ("; # tentativa", "; # tentativas"))
                + f.With(FactName.SumNs, " in #", " em #") + ".",
        Advice = static f => f.Say(
            "look for what drops the SYN-ACK on its way back; if the sender of the SYN does not exist, for a forged address.",
            "procure o que descarta o SYN-ACK na volta; se quem enviou o SYN não existe, um endereço forjado."),
        What = (
            """
            The server got a SYN and answered it; its SYN-ACK was never acknowledged, so the connection stays half open until
            the server gives it up.
            """,
            """
            O servidor recebeu um SYN e respondeu; o SYN-ACK nunca foi confirmado, e a conexão fica meio aberta até o servidor
            desistir.
            """),
        How = (
            """
            The kernel repeats the SYN-ACK after 1, 3, 7 seconds (Linux: five times, net.ipv4.tcp_synack_retries). A client that
            got one acknowledges it, or answers with RST if it never asked. Silence means that the SYN-ACK does not arrive: a
            firewall or a route on the way back, a host that lost its network, or a forged source address. The client's own
            second SYN is missing too: so it is not a client that goes on trying.
            """,
            """
            O kernel repete o SYN-ACK após 1, 3, 7 segundos (Linux: cinco vezes, net.ipv4.tcp_synack_retries). Um cliente que o
            recebe confirma, ou responde com RST se nunca pediu. Silêncio quer dizer que o SYN-ACK não chega: um firewall ou uma
            rota na volta, uma máquina que perdeu a rede, ou um endereço de origem forjado. O segundo SYN do cliente também
            falta: então não é um cliente que continua tentando.
            """),
        Try =
        [
            "trama demo --fault half-open",
            "sudo iptables -A OUTPUT -p tcp --sport 5000 --tcp-flags SYN,ACK SYN,ACK -j DROP; trama send localhost 5000 hello",
        ],
        Cure = (
            """
            Capture at the client: does the SYN-ACK get there? If not, follow the way back through firewalls and routes, which
            need not be the way there. If many addresses do this at one time, it is a flood: switch on SYN cookies.
            """,
            """
            Capture no cliente: o SYN-ACK chega lá? Se não, siga o caminho de volta por firewalls e rotas, que não precisa ser o
            da ida. Se muitos endereços fazem isso ao mesmo tempo, é uma enxurrada: ligue SYN cookies.
            """),
        See = "RFC 9293 (3.5), RFC 4987, tcp(7)",
        Lesson = new(
            ("One SYN arrives; a firewall at the client keeps the answers from the program.",
                "Chega um SYN; um firewall no cliente retém as respostas."),
            ("The SYN-ACK comes again after 1 s and 3 s, and nobody acknowledges or resets it.",
                "O SYN-ACK volta após 1 s e 3 s, e ninguém confirma nem reinicia.")),
    };
}
