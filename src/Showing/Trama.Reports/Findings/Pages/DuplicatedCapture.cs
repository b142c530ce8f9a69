using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.DuplicatedCapture"/>.</summary>
internal static class DuplicatedCapture
{
    public static FindingPage Page { get; } = new(FindingId.DuplicatedCapture)
    {
        Label = ("packets captured twice", "pacotes capturados duas vezes"),
        Text = static f => f.Kind == FindingKind.Translated ? Twin(f) : f.Say(
                "This capture has packets twice", "Esta captura tem pacotes duas vezes")
            + f.Counted(FactName.Count, (" (1 copy)", " (# copies)"), (" (1 cópia)", " (# cópias)"))
            + f.Say(
                ", as a mirror port, a router seen on both sides or several interfaces make them; each was judged once.",
                ", como fazem uma porta espelhada, um roteador visto dos dois lados ou várias interfaces; cada um foi julgado uma vez."),
        Advice = static f => f.Say(
            "nothing is wrong with the connection; to capture each packet once, mirror one direction of the port, or name one "
                + "interface in place of any.",
            "não há nada errado com a conexão; para capturar cada pacote uma vez, espelhe uma direção da porta, ou dê uma "
                + "interface em vez de any."),
        What = (
            """
            The capture itself saw packets at two places and has them twice. On the path there was one of each.
            """,
            """
            A própria captura viu os pacotes em dois lugares e os tem duas vezes. No caminho havia um de cada.
            """),
        How = (
            """
            A copy has the same identification and the same numbers, comes at a steady distance, and may have passed one router
            more (its TTL is lower by one). It is not sent again and was not lost. A network that duplicates does so to a few
            packets, and the receiver reports them with D-SACK (RFC 2883).
            """,
            """
            Uma cópia tem a mesma identificação e os mesmos números, vem a uma distância constante e pode ter passado por um
            roteador a mais (o TTL é um a menos). Não é reenvio e nada se perdeu. Uma rede que duplica faz isso com poucos
            pacotes, e o receptor os relata com D-SACK (RFC 2883).
            """),
        Try = ["sudo trama dump -i any -w both.pcap"],
        Cure = (
            """
            Mirror the port in one direction, or capture on one interface. editcap -d takes copies out of a file.
            """,
            """
            Espelhe a porta em uma direção, ou capture em uma interface. editcap -d tira as cópias de um arquivo.
            """),
        See = "RFC 2883",
        Lesson = null,
    };

    private static string Twin(FindingFacts f) => f.Say("The capture has this connection twice", "A captura tem esta conexão duas vezes")
        + f.With(FactName.EarlierConnection, "; it is connection #", "; é a conexão #")
        + f.Say(
            " on the other side of a device that rewrites addresses, and is judged there.",
            " do outro lado de um dispositivo que reescreve endereços, e é julgada lá.");
}
