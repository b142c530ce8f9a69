using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.ConnectionCollision"/>.</summary>
internal static class ConnectionCollision
{
    public static FindingPage Page { get; } = new(FindingId.ConnectionCollision)
    {
        Label = ("SYN into a live connection", "SYN numa conexão viva"),
        Text = static f => f.Say(
            "The client's SYN met a connection that the server still had on the same addresses and ports: it acknowledged that one instead",
            "O SYN do cliente encontrou uma conexão que o servidor ainda tinha nos mesmos endereços e portas: ele confirmou aquela")
            + f.With(FactName.SumNs, "; opening took #", "; abrir levou #") + ".",
        Advice = static f => f.Say(
            "find who gives the same port to two connections: a NAT, a load balancer that keeps client addresses, a client with few ports.",
            "descubra quem dá a mesma porta a duas conexões: um NAT, um balanceador que preserva endereços de clientes, um cliente "
                + "com poucas portas."),
        What = (
            """
            Two connections wanted the same addresses and ports at once. The server knows the older one and answers the new SYN
            with an acknowledgement of it, a challenge.
            """,
            """
            Duas conexões quiseram os mesmos endereços e portas ao mesmo tempo. O servidor conhece a mais velha e responde ao
            novo SYN com uma confirmação dela, um desafio.
            """),
        How = (
            """
            A SYN that does not fit an open connection is answered with a challenge ACK. Who sent it knows nothing of the old
            connection and resets it, and the next SYN, a second later, is taken: the connection opens late, or not at all, and
            the old one dies. It takes two clients that look like one: behind a NAT, or behind a load balancer that keeps the
            client's address and sends it to one target through two of its addresses; or one host that uses a port again while
            the other side has not let go of it.
            """,
            """
            Um SYN que não combina com uma conexão aberta recebe um ACK de desafio. Quem o enviou não sabe da conexão velha e a
            interrompe, e o próximo SYN, um segundo depois, é aceito: a conexão abre tarde, ou não abre, e a velha morre. É
            preciso que dois clientes pareçam um: atrás de um NAT, ou de um balanceador que preserva o endereço do cliente e o
            manda ao mesmo destino por dois endereços seus; ou uma máquina que reutiliza uma porta antes de o outro lado
            largá-la.
            """),
        Try = ["trama demo --fault connection-collision", "trama send --from 127.0.0.1:40000 localhost 5000 hello"],
        Cure = (
            """
            At a balancer: switch client address preservation off, or let each target be reached through one address only. At a
            NAT: more ports or addresses. At the client: close connections in order, so that both sides let go, and do not bind
            a fixed port.
            """,
            """
            No balanceador: desligue a preservação do endereço do cliente, ou deixe cada destino ser alcançado por um só
            endereço. No NAT: mais portas ou endereços. No cliente: feche conexões em ordem, para os dois lados as largarem, e
            não fixe a porta.
            """),
        See = "RFC 9293 (3.10.7.4), RFC 5961 (4)",
        Lesson = new(
            ("The client's RST is lost on the path; its next connection has the same port.",
                "O RST do cliente se perde no caminho; a próxima conexão dele tem a mesma porta."),
            ("The SYN is answered with an ACK of the old connection; the client resets that, and its SYN is taken a second later.",
                "O SYN é respondido com um ACK da conexão velha; o cliente a reinicia, e seu SYN é aceito um segundo depois.")),
    };
}
