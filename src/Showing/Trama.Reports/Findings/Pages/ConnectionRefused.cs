using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.ConnectionRefused"/>.</summary>
internal static class ConnectionRefused
{
    public static FindingPage Page { get; } = new(FindingId.ConnectionRefused)
    {
        Label = ("connection refused", "conexão recusada"),
        Text = static f => (f.Kind == FindingKind.ActiveData
            ? f.Say(
                "The FTP server opens a data connection to its client (active mode), and the client's host answers the SYN with RST",
                "O servidor FTP abre uma conexão de dados para o cliente (modo ativo), e a máquina do cliente responde ao SYN com RST")
            : f.Say(
                "Nothing listens on this port: the server's host answered the SYN with RST",
                "Nada escuta nesta porta: a máquina do servidor respondeu ao SYN com RST"))
            + f.With(FactName.LongestNs, " after #", " após #") + ".",
        Advice = static f => f.Kind == FindingKind.ActiveData ? f.Say(
            "let the client use passive mode (PASV, EPSV), in which it opens the data connections itself.",
            "faça o cliente usar o modo passivo (PASV, EPSV), em que ele mesmo abre as conexões de dados.") : f.Say(
            "is the program running on the server, and on this port? There: ss -ltn",
            "o programa está rodando no servidor, e nesta porta? Lá: ss -ltn"),
        What = (
            """
            The server's host is there and answers, but no program listens on that port: "connection refused" (ECONNREFUSED) at
            the client.
            """,
            """
            A máquina do servidor está lá e responde, mas nenhum programa escuta nessa porta: "connection refused"
            (ECONNREFUSED) no cliente.
            """),
        How = (
            """
            A SYN for a port on which nothing listens is answered by the kernel with RST, which acknowledges the SYN and ends
            the attempt at once. The answer takes one round trip and no program is involved. A firewall can send the same RST on
            purpose (iptables REJECT with tcp-reset); its TTL may then differ from that of the host's other packets.
            """,
            """
            Um SYN para uma porta em que nada escuta é respondido pelo kernel com RST, que confirma o SYN e encerra a tentativa
            na hora. A resposta leva uma ida e volta e nenhum programa participa dela. Um firewall pode enviar o mesmo RST de
            propósito (iptables REJECT com tcp-reset); nesse caso o TTL pode diferir do dos outros pacotes da máquina.
            """),
        Try = ["trama demo --fault connection-refused", "trama send localhost 9999 hello"],
        Cure = (
            """
            On the server: is the program running, and did it reach listen()? "ss -ltn" shows who listens, on which port and at
            which address; a program bound to 127.0.0.1 refuses everybody else. On the client: is it the right host and port?
            After a restart, retry with growing pauses.
            """,
            """
            No servidor: o programa está rodando e chegou ao listen()? "ss -ltn" mostra quem escuta, em que porta e em que
            endereço; um programa preso a 127.0.0.1 recusa todos os outros. No cliente: a máquina e a porta são as certas?
            Depois de um reinício, tente de novo com pausas crescentes.
            """),
        See = "RFC 9293 (3.5.2, 3.10.7.1)",
        Lesson = new(
            ("Nothing listens on the server's port.",
                "Ninguém escuta na porta do servidor."),
            ("Each SYN is answered at once with RST: the host is there, the program is not.",
                "Cada SYN recebe um RST na hora: o host está lá, o programa não.")),
    };
}
