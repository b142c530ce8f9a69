using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.SlowStartAfterIdle"/>.</summary>
internal static class SlowStartAfterIdle
{
    public static FindingPage Page { get; } = new(FindingId.SlowStartAfterIdle)
    {
        Label = ("slow start after a pause", "início lento após uma pausa"),
        Text = static f => f.Say(
            $"After a pause the {f.Sender} began again with a small congestion window",
            $"Depois de uma pausa o {f.Sender} recomeçou com uma janela de congestionamento pequena")
            + f.With(FactName.LongestNs, ", which cost #", ", o que custou #") + ".",
        Advice = static f => f.Say(
            "switch net.ipv4.tcp_slow_start_after_idle off at the sender, if the path can take the burst.",
            "desligue net.ipv4.tcp_slow_start_after_idle no remetente, se o caminho aguenta a rajada."),
        What = (
            """
            After a pause the sender began again with a small congestion window, although it had sent fast before.
            """,
            """
            Depois de uma pausa o remetente recomeçou com uma janela de congestionamento pequena, embora antes tivesse enviado
            rápido.
            """),
        How = (
            """
            What a sender learnt about the path gets old, so after an idle time longer than the retransmission timeout it falls
            back to the initial window, about ten segments, and doubles it each round trip. On a long path a reply of some
            hundred KiB then costs several round trips more than on a busy connection.
            """,
            """
            O que um remetente aprendeu do caminho envelhece, por isso após um tempo ocioso maior que o tempo de retransmissão
            ele volta à janela inicial, uns dez segmentos, e a dobra a cada ida e volta. Num caminho longo uma resposta de
            algumas centenas de KiB custa então várias idas e voltas a mais que numa conexão ocupada.
            """),
        Try = [("sysctl net.ipv4.tcp_slow_start_after_idle", "1: on, the default", "1: ligado, o padrão")],
        Cure = (
            """
            If bursts after pauses matter more than caution, net.ipv4.tcp_slow_start_after_idle=0 at the sender. It is a trade,
            not an error. Smaller replies, or a server nearer to its clients, help as well.
            """,
            """
            Se rajadas depois de pausas importam mais que a cautela, net.ipv4.tcp_slow_start_after_idle=0 no remetente. É uma
            escolha, não um erro. Respostas menores, ou um servidor mais perto dos clientes, também ajudam.
            """),
        See = "RFC 5681 (4.1), RFC 6928, RFC 7661",
        Lesson = null,
    };
}
