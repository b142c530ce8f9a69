using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.PeerVanished"/>.</summary>
internal static class PeerVanished
{
    public static FindingPage Page { get; } = new(FindingId.PeerVanished)
    {
        Label = ("other side vanished", "outro lado sumiu"),
        Text = static f => f.Say(
            $"From one moment on nothing came from the {f.Culprit}, not even acknowledgements",
            $"A partir de um momento nada mais veio do {f.Culprit}, nem confirmações")
            + f.Counted(FactName.Count,
                ("; the same segment was sent again once", "; the same segment was sent again # times"),
                ("; o mesmo segmento foi reenviado uma vez", "; o mesmo segmento foi reenviado # vezes"))
            + f.With(FactName.SumNs, " in #", " em #") + ".",
        TextOfBoth = VanishedWords.Text,
        Advice = static f => f.Say(
            $"did the {f.Culprit}'s host stop, or the path? A capture at the other end tells.",
            $"parou a máquina do {f.Culprit}, ou o caminho? Uma captura na outra ponta decide."),
        AdviceOfBoth = VanishedWords.Advice,
        What = (
            """
            From one moment on nothing came from the other side, not even acknowledgements: its host lost power or network, or
            the path was cut.
            """,
            """
            A partir de um momento nada mais veio do outro lado, nem confirmações: a máquina dele ficou sem energia ou sem rede,
            ou o caminho foi cortado.
            """),
        How = (
            """
            A program that dies still has a kernel that says FIN or RST; silence means that nobody is there to speak. The sender
            repeats the same segment after 0.2 s or so and doubles the wait each time; Linux gives up after about fifteen
            minutes unless told otherwise. From one end alone a dead host and a cut path look the same: a capture at the other
            end, or another connection to the same host, tells.
            """,
            """
            Um programa que morre ainda tem um kernel que diz FIN ou RST; silêncio quer dizer que não há ninguém para falar. O
            remetente repete o mesmo segmento após uns 0,2 s e dobra a espera a cada vez; o Linux desiste depois de uns quinze
            minutos, se nada disser o contrário. De uma ponta só, uma máquina morta e um caminho cortado têm a mesma cara: uma
            captura na outra ponta, ou outra conexão com a mesma máquina, decide.
            """),
        Try = ["trama demo --fault peer-vanished"],
        Cure = (
            """
            Did the host restart, sleep or change its address at that time? Did other connections to it stop too? Set
            TCP_USER_TIMEOUT, or a time limit of the program's own, so that it notices within seconds; use keep-alives for
            connections that are mostly idle.
            """,
            """
            A máquina reiniciou, dormiu ou mudou de endereço naquele horário? Outras conexões com ela também pararam? Use
            TCP_USER_TIMEOUT, ou um limite de tempo do próprio programa, para notar em segundos; use keep-alives em conexões
            quase sempre ociosas.
            """),
        See = "RFC 9293 (3.8.3), RFC 6298 (5), RFC 5482",
        Lesson = new(
            ("The server's host loses its power before a request.",
                "O host do servidor fica sem energia antes de um pedido."),
            ("The same segment goes out again, each time after twice the pause; nothing comes back, not even ACK.",
                "O mesmo segmento sai de novo, cada vez após o dobro da pausa; nada volta, nem ACK.")),
    };
}
