using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.KeepaliveFailure"/>.</summary>
internal static class KeepaliveFailure
{
    public static FindingPage Page { get; } = new(FindingId.KeepaliveFailure)
    {
        Label = ("keep-alive unanswered", "keep-alive sem resposta"),
        Text = static f => f.Say(
            $"The idle connection was probed and the {f.Culprit} did not answer",
            $"A conexão ociosa foi sondada e o {f.Culprit} não respondeu")
            + f.Counted(FactName.Count, (": # probe", ": # probes"), (": # sonda", ": # sondas"))
            + f.With(FactName.SumNs, " in #", " em #")
            + f.Say("; the kernel gave the connection up.", "; o kernel desistiu da conexão."),
        TextOfBoth = VanishedWords.Text,
        Advice = static f => f.Say(
            "did the host go away, or did a NAT forget the idle connection? Probe more often.",
            "a máquina se foi, ou um NAT esqueceu a conexão ociosa? Sonde com mais frequência."),
        AdviceOfBoth = VanishedWords.Advice,
        What = (
            """
            The connection was idle, one side asked "are you there?" with keep-alive probes, and nobody answered: its kernel
            ended the connection (ETIMEDOUT).
            """,
            """
            A conexão estava ociosa, um lado perguntou "está aí?" com sondas keep-alive, e ninguém respondeu: o kernel dele
            encerrou a conexão (ETIMEDOUT).
            """),
        How = (
            """
            A probe repeats a sequence number that was already acknowledged, so any living peer answers it with an ACK. Several
            in a row unanswered (Linux: 9, 75 s apart, after two idle hours, unless set otherwise) mean that the peer's host is
            gone, or that a NAT or firewall in between has forgotten the connection.
            """,
            """
            Uma sonda repete um número de sequência já confirmado, e todo par vivo responde a ela com um ACK. Várias seguidas
            sem resposta (Linux: 9, a cada 75 s, após duas horas de ociosidade, se nada mudou isso) querem dizer que a máquina
            do par se foi, ou que um NAT ou firewall no meio esqueceu a conexão.
            """),
        Try = ["trama demo --fault keepalive-failure"],
        Cure = (
            """
            If the host lives, the path forgot the connection: probe more often than the NAT forgets (TCP_KEEPIDLE of 60 s or
            less suits most), or speak within the application's protocol. The program must take the error as normal, and connect
            again.
            """,
            """
            Se a máquina vive, foi o caminho que esqueceu a conexão: sonde com mais frequência do que o NAT esquece
            (TCP_KEEPIDLE de 60 s ou menos serve à maioria), ou fale no próprio protocolo da aplicação. O programa deve tratar o
            erro como normal e conectar de novo.
            """),
        See = "RFC 9293 (3.8.4), RFC 5382 (5)",
        Lesson = new(
            ("The connection is idle, the server's host disappears, and the client has keep-alive on.",
                "A conexão está ociosa, o host do servidor some e o cliente usa keep-alive."),
            ("Empty probes at even intervals without an answer; then the client's kernel gives up with RST.",
                "Sondas vazias em intervalos iguais sem resposta; depois o kernel do cliente desiste com RST.")),
    };
}
