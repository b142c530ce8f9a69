using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.WindowExceeded"/>.</summary>
internal static class WindowExceeded
{
    public static FindingPage Page { get; } = new(FindingId.WindowExceeded)
    {
        Label = ("beyond the window", "além da janela"),
        Text = static f => f.Say(
            $"The {f.Sender} sent beyond the window that it was offered, and what is beyond is thrown away",
            $"O {f.Sender} enviou além da janela oferecida, e o que passa dela é jogado fora") + f.Times
            + f.With(FactName.LostBytes, ", by up to #", ", em até #") + f.With(FactName.WindowBytes, "; the window is #", "; a janela é #")
                + ".",
        Advice = static f => f.Say(
            $"look for a device that changes the window scale option of one side's SYN, or an old stack at the {f.Sender}.",
            $"procure um dispositivo que muda a opção de escala de janela do SYN de um lado, ou uma pilha antiga no {f.Sender}."),
        What = (
            """
            A sender went beyond every window that its receiver had offered. The receiver may throw such data away, and the
            sender takes it for loss.
            """,
            """
            Um remetente foi além de toda janela que o receptor tinha oferecido. O receptor pode jogar fora esses dados, e o
            remetente toma isso por perda.
            """),
        How = (
            """
            Windows are scaled by a factor that each side announces in its SYN. If a device on the path removes or rewrites that
            option for one side, the two multiply differently: one sends more than the other can take. Stacks that ignore a
            shrinking window do it too. A probe of one byte beyond a closed window is allowed and not meant.
            """,
            """
            Janelas são escaladas por um fator que cada lado anuncia no SYN. Se um dispositivo no caminho remove ou reescreve
            essa opção para um lado, os dois multiplicam diferente: um envia mais do que o outro pode receber. Pilhas que
            ignoram uma janela que encolhe também fazem isso. Uma sonda de um byte além de uma janela fechada é permitida e não
            conta.
            """),
        Try =
        [
            "trama demo --fault window-exceeded",
            "sudo sysctl net.ipv4.tcp_window_scaling=0    # at one side only, with a device that keeps the option",
        ],
        Cure = (
            """
            Compare both SYNs in captures at both ends: the options must arrive as they left. Take the device that changes them
            out of the path, or switch its TCP rewriting off; as a stopgap switch window scaling off at one end.
            """,
            """
            Compare os dois SYNs em capturas nas duas pontas: as opções devem chegar como saíram. Tire do caminho o dispositivo
            que as muda, ou desligue a reescrita de TCP dele; como paliativo desligue window scaling numa ponta.
            """),
        See = "RFC 9293 (3.10.7.4), RFC 7323 (2)",
        Lesson = new(
            ("The server's TCP sends segments beyond the window that the client offers.",
                "O TCP do servidor envia segmentos além da janela que o cliente oferece."),
            ("Their sequence numbers lie beyond the acknowledgement and the window; the client answers with the same ACK each time.",
                "Os números de sequência deles passam da confirmação mais a janela; o cliente responde sempre com o mesmo ACK.")),
    };
}
