using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.Duplication"/>.</summary>
internal static class Duplication
{
    public static FindingPage Page { get; } = new(FindingId.Duplication)
    {
        Label = ("duplication", "duplicação"),
        Text = static f => f.Say(
            "The network delivered packets twice that were sent once",
            "A rede entregou duas vezes pacotes enviados uma vez") + f.With(FactName.Count, ": #", ": #")
            + f.With(FactName.Total, " of #", " de #") + ".",
        Advice = static f => f.Say(
            "does the capture see each packet at two points? Else look for a loop or a mirror port.",
            "a captura vê cada pacote em dois pontos? Senão procure um laço ou uma porta espelho."),
        What = (
            """
            The network delivered packets twice that were sent once.
            """,
            """
            A rede entregou duas vezes pacotes que foram enviados uma vez.
            """),
        How = (
            """
            A retransmission is a new packet with a new IP identification; two packets alike to the last field, moments apart,
            are copies made on the way: a loop or a mirror port that feeds back, a bridge with two ways, a wireless link whose
            acknowledgement got lost. The receiver drops the second and reports it (DSACK).
            """,
            """
            Uma retransmissão é um pacote novo com nova identificação IP; dois pacotes iguais até o último campo, com pouco
            tempo entre eles, são cópias feitas no caminho: um laço ou uma porta espelho que realimenta, uma bridge com dois
            caminhos, um enlace sem fio cuja confirmação se perdeu. O receptor descarta a segunda e avisa (DSACK).
            """),
        Try = ["trama demo --fault duplication", "sudo tc qdisc add dev lo root netem duplicate 5%"],
        Cure = (
            """
            First make sure that the capture did not see each packet at two points, such as a bridge and its port. Then look for
            loops and mirror ports. A few copies are harmless; all of them doubled halve the link.
            """,
            """
            Primeiro confirme que a captura não viu cada pacote em dois pontos, como uma bridge e a porta dela. Depois procure
            laços e portas espelho. Poucas cópias não fazem mal; tudo em dobro corta o enlace pela metade.
            """),
        Remedy = Remedy.NoLoss,
        See = "RFC 2883, RFC 5560",
        Lesson = new(
            ("The path delivers some segments twice.",
                "O caminho entrega alguns segmentos duas vezes."),
            ("The same packet, with the same IP identification, arrives twice; the sender sent it once.",
                "O mesmo pacote, com a mesma identificação IP, chega duas vezes; o emissor o enviou uma só.")),
    };
}
