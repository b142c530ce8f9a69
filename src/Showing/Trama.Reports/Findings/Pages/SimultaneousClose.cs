using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.SimultaneousClose"/>.</summary>
internal static class SimultaneousClose
{
    public static FindingPage Page { get; } = new(FindingId.SimultaneousClose)
    {
        Label = ("simultaneous close", "fechamento simultâneo"),
        Text = static f => f.Say(
            "Both sides closed at the same moment; that is allowed.",
            "Os dois lados fecharam no mesmo momento; isso é permitido."),
        Advice = static f => f.Say(
            "nothing; agree on who closes first if one side should keep no TIME_WAIT.",
            "nada; combine quem fecha primeiro se um dos lados não deve ficar com TIME_WAIT."),
        What = (
            """
            Both sides sent FIN before either saw the other's. It is no fault.
            """,
            """
            Os dois lados enviaram FIN antes de ver o do outro. Não é falha.
            """),
        How = (
            """
            The two FINs cross on the way. Each side goes through CLOSING instead of FIN-WAIT-2, acknowledges the other's FIN,
            and both end in TIME-WAIT. It happens when both have the same reason to close, such as the same idle limit, or a
            goodbye that both understand.
            """,
            """
            Os dois FINs se cruzam no caminho. Cada lado passa por CLOSING em vez de FIN-WAIT-2, confirma o FIN do outro, e
            ambos terminam em TIME-WAIT. Acontece quando os dois têm o mesmo motivo para fechar, como o mesmo limite de
            ociosidade, ou um adeus que ambos entendem.
            """),
        Try = ["trama demo --fault simultaneous-close"],
        Cure = (
            """
            Nothing to cure. With the same idle limit on both sides a request may cross the other's FIN and be lost: let one
            side, best the client, close earlier.
            """,
            """
            Nada a curar. Com o mesmo limite de ociosidade dos dois lados um pedido pode cruzar com o FIN do outro e se perder:
            faça um lado, de preferência o cliente, fechar antes.
            """),
        See = "RFC 9293 (3.6)",
        Lesson = new(
            ("Both programs close at the same moment.",
                "Os dois programas fecham no mesmo instante."),
            ("Two FINs cross on the path, and each is acknowledged: unusual, and no fault.",
                "Dois FINs se cruzam no caminho, e cada um é confirmado: incomum, e nenhuma falha.")),
    };
}
