using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.EphemeralPortReuse"/>.</summary>
internal static class EphemeralPortReuse
{
    public static FindingPage Page { get; } = new(FindingId.EphemeralPortReuse)
    {
        Label = ("port used again", "porta reutilizada"),
        Text = static f => f.Say(
            "The client used the port of an earlier connection again",
            "O cliente usou de novo a porta de uma conexão anterior")
            + f.With(FactName.EarlierConnection, ", of connection #", ", da conexão #")
            + f.Say("; these are separate conversations.", "; são conversas separadas."),
        Advice = static f => f.Say(
            "nothing; trama tells the two apart by their sequence numbers, and so should whoever reads the capture.",
            "nada; trama separa as duas pelos números de sequência, e assim deve fazer quem lê a captura."),
        What = (
            """
            The client opened a new connection from the same port as an earlier one to the same server. These are separate
            conversations; nothing is wrong.
            """,
            """
            O cliente abriu uma conexão nova da mesma porta de uma anterior para o mesmo servidor. São conversas separadas; não
            há nada errado.
            """),
        How = (
            """
            A connection is named by two addresses and two ports, so a reused port makes two connections look like one. The new
            SYN carries a new initial sequence number. A side that is still in TIME-WAIT may accept it when the sequence number
            or the timestamp is higher than the last one seen; otherwise the SYN is answered with an ACK of the old connection,
            or refused.
            """,
            """
            Uma conexão é nomeada por dois endereços e duas portas, então uma porta repetida faz duas conexões parecerem uma. O
            SYN novo traz um número de sequência inicial novo. Um lado ainda em TIME-WAIT pode aceitá-lo se o número de
            sequência ou o timestamp for maior que o último visto; senão o SYN é respondido com um ACK da conexão antiga, ou
            recusado.
            """),
        Try = ["trama demo --fault ephemeral-port-reuse"],
        Cure = (
            """
            Nothing to cure. If new connections sometimes fail with EADDRNOTAVAIL or wait for a minute, there are too many short
            ones: keep them open, widen net.ipv4.ip_local_port_range, or let the client bind no fixed port.
            """,
            """
            Nada a curar. Se conexões novas às vezes falham com EADDRNOTAVAIL ou esperam um minuto, há conexões curtas demais:
            mantenha-as abertas, alargue net.ipv4.ip_local_port_range, ou não fixe a porta do cliente.
            """),
        See = "RFC 9293 (3.6.1), RFC 6191",
        Lesson = new(
            ("A client connects again from the same port.",
                "Um cliente conecta de novo a partir da mesma porta."),
            ("The same addresses and ports, other sequence numbers: separate conversations, and no fault.",
                "Os mesmos endereços e portas, outros números de sequência: conversas separadas, e nenhuma falha.")),
    };
}
