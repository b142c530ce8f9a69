using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.RetryStorm"/>.</summary>
internal static class RetryStorm
{
    public static FindingPage Page { get; } = new(FindingId.RetryStorm)
    {
        Label = ("retry storm", "tempestade de tentativas"),
        Text = static f => f.Say("The client opened connection after connection", "O cliente abriu conexão após conexão")
            + f.With(FactName.Count, ", #", ", #")
            + f.With(FactName.SumNs, " in #", " em #")
            + f.Say(", and each failed in the same way: it tries again without waiting.",
                ", e todas falharam do mesmo modo: tenta de novo sem esperar."),
        Advice = static f => f.Say(
            "cure what fails first; then let the client wait longer after each failure, with some chance in it.",
            "cure primeiro o que falha; depois faça o cliente esperar mais a cada falha, com algum acaso."),
        What = (
            """
            A client meets the same failure again and again and does not slow down. What fails is told beside this; the storm
            makes it worse.
            """,
            """
            Um cliente encontra a mesma falha repetidas vezes e não desacelera. O que falha é dito ao lado; a tempestade piora o
            problema.
            """),
        How = (
            """
            A pool or a loop opens the next connection as soon as the last one failed. A server that is already short of something
            gets more work from those who wait for it, and all of them come back at the same moment when it recovers.
            """,
            """
            Um pool ou um laço abre a próxima conexão assim que a última falhou. Um servidor que já está sem recursos recebe ainda
            mais trabalho de quem espera por ele, e todos voltam no mesmo instante quando ele se recupera.
            """),
        Try = ["for i in $(seq 20); do nc -w1 127.0.0.1 1; done"],
        Cure = (
            """
            Retry with exponential backoff and jitter, and with a limit; share one failure among all users of a pool (a circuit
            breaker).
            """,
            """
            Tente de novo com espera exponencial e acaso (jitter), e com um limite; compartilhe uma falha entre todos os usuários
            de um pool (circuit breaker).
            """),
        See = "RFC 9293 (3.9.2)",
        Lesson = null,
    };
}
