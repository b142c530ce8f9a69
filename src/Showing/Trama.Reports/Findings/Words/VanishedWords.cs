using Trama.Diagnosis;

namespace Trama.Reports.Findings.Words;

/// <summary>What two captures tell of a side that is silent from one moment on: whether its host is gone, or the path.</summary>
internal static class VanishedWords
{
    public static string Text(FindingFacts f) => f.Finding.Party == Party.Network
        ? f.Say(
            "From one moment on the path delivered nothing, while both hosts went on",
            "A partir de um momento o caminho não entregou mais nada, enquanto as duas máquinas continuavam")
            + f.Counted(FactName.Count, ("; # try", "; # tries"), ("; # tentativa", "; # tentativas"))
            + f.With(FactName.SumNs, " in #", " em #") + "."
        : f.Say(
            $"The {f.Culprit}'s host disappeared: from one moment on its own capture shows nothing either",
            $"A máquina do {f.Culprit} sumiu: a partir de um momento a própria captura dela também não mostra nada")
            + f.Counted(FactName.Count,
                ("; # try of the other side", "; # tries of the other side"),
                ("; # tentativa do outro lado", "; # tentativas do outro lado")) + f.With(FactName.SumNs, " in #", " em #") + ".";

    public static string Advice(FindingFacts f) => f.Finding.Party == Party.Network
        ? f.Say(
            "look for the link or device between the two that failed at that moment.",
            "procure o enlace ou dispositivo entre os dois que falhou naquele momento.")
        : f.Say(
            $"find out what became of the {f.Culprit}'s host at that moment: power, a crash, sleep, its own network device.",
            $"descubra o que houve com a máquina do {f.Culprit} naquele momento: energia, uma queda, suspensão, sua própria placa "
            + "de rede.");
}
