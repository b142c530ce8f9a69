using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.ClosedWithoutGreeting"/>.</summary>
internal static class ClosedWithoutGreeting
{
    public static FindingPage Page { get; } = new(FindingId.ClosedWithoutGreeting)
    {
        Label = ("closed without a greeting", "fechada sem saudação"),
        Text = static f => f.Say(
            "The server accepted the connection and closed it before anybody said a byte",
            "O servidor aceitou a conexão e a fechou antes que alguém dissesse um byte")
            + f.With(FactName.LongestNs, ", # after it was opened", ", # depois de aberta") + ".",
        Advice = static f => f.Say(
            "read the server's log and access rules: hosts.allow and hosts.deny, a limit of connections, a proxy without a backend.",
            "leia o log e as regras de acesso do servidor: hosts.allow e hosts.deny, um limite de conexões, um proxy sem backend."),
        What = (
            """
            The connection opened, and the server closed it in order without a greeting or any other byte, before the client had
            asked anything.
            """,
            """
            A conexão abriu, e o servidor a fechou em ordem sem saudação nem outro byte, antes que o cliente pedisse algo.
            """),
        How = (
            """
            The kernel accepts before the program knows who calls. A program that then does not want the caller can only close:
            TCP wrappers (hosts.deny), a limit of connections or of one address, a proxy or container port whose backend is
            gone, a TLS or login module that fails to start. Some look the name of the caller up first and close seconds later.
            A server that closes because the client says nothing for long is another matter, and not told.
            """,
            """
            O kernel aceita antes de o programa saber quem chama. Um programa que então não quer quem chama só pode fechar: TCP
            wrappers (hosts.deny), um limite de conexões ou por endereço, um proxy ou porta de contêiner cujo backend sumiu, um
            módulo de TLS ou login que não inicia. Alguns antes procuram o nome de quem chama e fecham segundos depois. Um
            servidor que fecha porque o cliente não diz nada por muito tempo é outro caso, e não é contado.
            """),
        Try = ["trama demo --fault closed-without-greeting", "echo 'sshd: ALL' | sudo tee -a /etc/hosts.deny",
            "trama send localhost 22 hello"],
        Cure = (
            """
            On the server, the log of that second names the reason as a rule. Try from the server itself, then from beside it:
            an access rule shows as a difference. Behind a proxy or a published container port, connect to the backend directly.
            """,
            """
            No servidor, o log daquele segundo em geral diz o motivo. Tente a partir do próprio servidor, depois de perto dele:
            uma regra de acesso aparece como diferença. Atrás de um proxy ou de uma porta publicada de contêiner, conecte direto
            ao backend.
            """),
        See = "RFC 9293 (3.6), hosts_access(5)",
        Lesson = new(
            ("The server accepts the connection and closes it without a word.",
                "O servidor aceita a conexão e a fecha sem dizer nada."),
            ("A good handshake, then FIN from the server, and not a byte between them.",
                "Um bom handshake, depois FIN do servidor, e nem um byte entre eles.")),
    };
}
