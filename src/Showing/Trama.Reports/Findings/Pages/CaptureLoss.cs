using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.CaptureLoss"/>.</summary>
internal static class CaptureLoss
{
    public static FindingPage Page { get; } = new(FindingId.CaptureLoss)
    {
        Label = ("packets missed by the capture", "pacotes perdidos pela captura"),
        Text = static f => f.Kind == FindingKind.Filtered ? f.Say(
            "The capture has no acknowledgement without data, as a filter leaves it: what was lost, and how long the path is, cannot "
            + "be told.",
            "A captura não tem nenhuma confirmação sem dados, como um filtro a deixa: não dá para dizer o que se perdeu, nem quanto "
            + "o caminho demora.")
            : f.Say(
            "The capture missed packets: they are acknowledged, so they arrived",
            "A captura perdeu pacotes: eles foram confirmados, portanto chegaram")
            + f.Counted(FactName.Count, (" (once)", " (# times)"), (" (1 vez)", " (# vezes)"))
            + f.With(FactName.LostBytes, "; # are missing", "; faltam #") + ".",
        Advice = static f => f.Kind == FindingKind.Filtered ? f.Say(
            "capture again without a filter on lengths or flags; the addresses and ports are enough.",
            "capture de novo sem filtro de tamanhos ou flags; os endereços e as portas bastam.")
            : f.Say(
            "capture again with a filter, a larger buffer (-B) or a shorter snapshot (-s 128).",
            "capture de novo com um filtro, um buffer maior (-B) ou um snapshot menor (-s 128)."),
        What = (
            """
            The capture missed packets that did arrive: bytes are acknowledged that it does not have. What it says about loss
            and timing is to be taken with care.
            """,
            """
            A captura perdeu pacotes que chegaram: há bytes confirmados que ela não tem. O que ela diz sobre perdas e tempos
            pede cautela.
            """),
        How = (
            """
            The capturing program was too slow, its buffer too small, or the mirror port carries less than the two directions of
            the link. A receiver acknowledges only what it got, so an ACK beyond what was seen proves that the packet passed
            unseen.
            """,
            """
            O programa de captura foi lento, o buffer dele pequeno, ou a porta espelho leva menos que as duas direções do
            enlace. Um receptor confirma só o que recebeu, então um ACK além do que foi visto prova que o pacote passou sem ser
            visto.
            """),
        Try = [("trama dump -i lo -B 4 -w small-buffer.pcap", "during a fast transfer", "durante uma transferência rápida")],
        Cure = (
            """
            Capture with a filter, a short snapshot length (-s 128) and a large buffer (-B 65536), write to a fast disk, and
            look at the count of dropped packets when the capture ends.
            """,
            """
            Capture com um filtro, um snapshot curto (-s 128) e um buffer grande (-B 65536), grave num disco rápido, e olhe a
            contagem de pacotes descartados ao fim da captura.
            """),
        See = "pcap(3), docs/trace.md",
        Lesson = null,
    };
}
