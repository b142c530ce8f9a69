using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.ZeroWindow"/>.</summary>
internal static class ZeroWindow
{
    public static FindingPage Page { get; } = new(FindingId.ZeroWindow)
    {
        Label = ("receiver stopped reading", "receptor parou de ler"),
        Text = static f => f.Say(
            $"The {f.Culprit}'s program stopped reading: its buffer was full",
            $"O programa do {f.Culprit} parou de ler: o buffer dele ficou cheio") + f.Longest(" for ", " por ")
            + f.Say(", and nothing could be sent", ", e nada podia ser enviado") + f.InAll + ".",
        Advice = static f => f.Say(
            $"find out what the {f.Culprit}'s program did instead of reading.",
            $"descubra o que o programa do {f.Culprit} fazia em vez de ler."),
        What = (
            """
            A program stopped reading. Its kernel's buffer filled up, it advertised a window of 0, and the sender had to stop
            until the window opened again.
            """,
            """
            Um programa parou de ler. O buffer do kernel dele encheu, ele anunciou janela 0, e o remetente teve de parar até a
            janela abrir de novo.
            """),
        How = (
            """
            The window is the room left in the receive buffer; only the program's reads make room. At 0 the sender keeps quiet
            but for probes, at growing intervals, in case the update gets lost. The path and the sender are innocent, however
            long it lasts.
            """,
            """
            A janela é o espaço que resta no buffer de recepção; só as leituras do programa abrem espaço. Em 0 o remetente se
            cala, salvo sondas a intervalos crescentes, caso a atualização se perca. O caminho e o remetente são inocentes, por
            mais que dure.
            """),
        Try = ["trama demo --fault zero-window", "trama serve --fault zero-window", "head -c 8M /dev/zero | trama send localhost:5000"],
        Cure = (
            """
            Find out what the receiving program did instead of reading: slow work in the reading thread, a full queue behind it,
            a write that blocks on the other side's full buffer (both then wait for each other), a paused stream. Larger buffers
            only delay it.
            """,
            """
            Descubra o que o programa que recebe fazia em vez de ler: trabalho lento na thread de leitura, uma fila cheia atrás
            dela, uma escrita bloqueada no buffer cheio do outro lado (e aí os dois esperam um pelo outro), um stream pausado.
            Buffers maiores só adiam.
            """),
        Remedy = Remedy.WideWindow,
        See = "RFC 9293 (3.8.6, 3.8.6.1)",
        Lesson = new(
            ("The server stops reading in the middle of an upload.",
                "O servidor para de ler no meio de um envio."),
            ("Its window shrinks to 0; the client may only probe until it opens again.",
                "Sua janela encolhe até 0; o cliente só pode sondar até ela abrir de novo.")),
    };
}
