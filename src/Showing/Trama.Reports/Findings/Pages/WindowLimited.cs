using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.WindowLimited"/>.</summary>
internal static class WindowLimited
{
    public static FindingPage Page { get; } = new(FindingId.WindowLimited)
    {
        Label = ("limited by the receive window", "limitada pela janela de recepção"),
        Text = static f => f.Say(
            $"The {f.Culprit}'s receive window limits the rate",
            $"A janela de recepção do {f.Culprit} limita a taxa") + f.With(FactName.Rate, " to #", " a #")
            + f.With(FactName.WindowBytes, ": # at a time", ": # por vez")
            + f.With(FactName.RttNs, ", then a wait of # for the acknowledgement", ", depois uma espera de # pela confirmação") + ".",
        Advice = static f => f.Say(
            $"on the {f.Culprit}: no fixed SO_RCVBUF, a larger net.ipv4.tcp_rmem, window scaling on.",
            $"no {f.Culprit}: sem SO_RCVBUF fixo, net.ipv4.tcp_rmem maior, window scaling ligado."),
        What = (
            """
            The receiver's window is too small for this path: the sender fills it, waits a round trip for the acknowledgement,
            and fills it again.
            """,
            """
            A janela do receptor é pequena demais para este caminho: o remetente a enche, espera uma ida e volta pela
            confirmação, e a enche de novo.
            """),
        How = (
            """
            No more than one window can be on its way in one round trip, so the rate cannot pass window / RTT: 64 KiB over 100
            ms is 640 KiB/s on any link. It comes from a small SO_RCVBUF, from window scaling that is off or was removed on the
            path, or from limits on the host's memory for TCP.
            """,
            """
            Não pode haver mais que uma janela a caminho em cada ida e volta, então a taxa não passa de janela / RTT: 64 KiB em
            100 ms são 640 KiB/s em qualquer enlace. Vem de um SO_RCVBUF pequeno, de window scaling desligado ou removido no
            caminho, ou de limites de memória da máquina para TCP.
            """),
        Try =
        [
            "trama demo --fault window-limited",
            ("trama serve --fault window-limited=4KiB", "and a client far away", "e um cliente distante"),
        ],
        Cure = (
            """
            On the receiver: do not set SO_RCVBUF, since that switches off the kernel's own tuning; raise the third value of
            net.ipv4.tcp_rmem to at least rate x RTT; check that the SYN and SYN-ACK both carry the window scale option.
            """,
            """
            No receptor: não fixe SO_RCVBUF, pois isso desliga o ajuste do próprio kernel; aumente o terceiro valor de
            net.ipv4.tcp_rmem para ao menos taxa x RTT; confira se o SYN e o SYN-ACK trazem os dois a opção window scale.
            """),
        Remedy = Remedy.WideWindow,
        See = "RFC 7323 (1.1, 2), RFC 6349",
        Lesson = new(
            ("The server's receive buffer is small, and the path long.",
                "O buffer de recepção do servidor é pequeno, e o caminho, longo."),
            ("Bursts of one window, each followed by a round trip of silence.",
                "Rajadas de uma janela, cada uma seguida de uma ida e volta de silêncio.")),
    };
}
