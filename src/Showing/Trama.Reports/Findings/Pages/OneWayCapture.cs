using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.OneWayCapture"/>.</summary>
internal static class OneWayCapture
{
    public static FindingPage Page { get; } = new(FindingId.OneWayCapture)
    {
        Label = ("one direction only", "só uma direção"),
        Text = static f => f.Say(
            $"This capture has only what the {f.Sender} sent: what the other side did is known from its acknowledgements, if at all.",
            $"Esta captura tem só o que o {f.Sender} enviou: o que o outro lado fez se sabe pelas confirmações, se tanto."),
        Advice = static f => f.Say(
            "capture where both directions pass: on one of the two hosts, or on both fibres of a tap.",
            "capture onde passam as duas direções: em um dos dois hosts, ou nas duas fibras de um tap."),
        What = (
            """
            Packets of one direction only are in the capture. Rules that need both sides say nothing.
            """,
            """
            Só há pacotes de uma direção na captura. As regras que precisam dos dois lados não dizem nada.
            """),
        How = (
            """
            The way back may take another route, a tap may watch one fibre, a filter may name one address, a switch sends to
            others only what it has not learned yet. What one side acknowledges proves what it received; nothing proves when.
            """,
            """
            O caminho de volta pode ser outro, um tap pode vigiar uma fibra só, um filtro pode nomear um endereço só, um switch
            envia a outros apenas o que ainda não aprendeu. O que um lado confirma prova o que recebeu; nada prova quando.
            """),
        Try = ["sudo trama dump -i any -w one.pcap 'src host HOST'"],
        Cure = (
            """
            Capture on one of the hosts, or mirror both directions.
            """,
            """
            Capture em um dos hosts, ou espelhe as duas direções.
            """),
        See = "RFC 9293 (3.4)",
        Lesson = null,
    };
}
