using System.Globalization;
using Trama.Diagnosis;
using Trama.Reports.Text;

namespace Trama.Reports.Findings.Words;

/// <summary>What is said of a whole capture: the verdict, or that there is none.</summary>
internal static class VerdictWords
{
    /// <summary>"Verdict: the fault is the server's."</summary>
    public static string Whose(Party party, Language language)
    {
        string whose = party switch
        {
            Party.Unknown => language.Pick("whose fault it is cannot be told from here; a capture at the other end, at the "
                + "same time, would tell", "daqui não dá para dizer de quem é a falha; uma captura na outra ponta, ao mesmo tempo, diria"),
            Party.None => language.Pick("nobody's fault", "falha de ninguém"),
            _ => language.Pick($"the fault is {FindingWords.Whose(party, language)}'s", $"a falha é {FindingWords.Whose(party, language)}"),
        };
        return language.Pick($"Verdict: {whose}.", $"Veredito: {whose}.");
    }

    /// <summary>What was found, and in how many connections.</summary>
    public static string Text(CaptureDiagnosis diagnosis, Verdict verdict, Language language, bool ascii)
    {
        string text = FindingWords.Text(verdict.Finding, language, ascii);
        if (diagnosis.Judged.Connections <= 1) return text;
        text += string.Create(CultureInfo.InvariantCulture, $" {language.Pick("In", "Em")} {verdict.Connections.Count} ");
        return text + language.Pick($"of {diagnosis.Judged.Connections} connections.", $"de {diagnosis.Judged.Connections} conexões.");
    }

    /// <summary>The sentence on a capture in which nothing went wrong; null where something did.</summary>
    public static string? Healthy(CaptureDiagnosis diagnosis, Language language)
    {
        if (diagnosis.Judged.Packets == 0)
        {
            return language.Pick(
                "There is no packet to judge. If the capture was taken on a host that somebody called, nothing of that got there.",
                "Não há nenhum pacote para julgar. Se a captura foi feita numa máquina que alguém chamou, nada disso chegou lá.");
        }

        if (diagnosis.Verdict is not null) return null;
        string counts = $"{CountWords.Connections(diagnosis.Judged.Connections, language)}, "
            + $"{CountWords.Packets(diagnosis.Judged.Packets, language)}";
        return language.Pick($"Nothing went wrong here: {counts}.", $"Aqui nada deu errado: {counts}.");
    }

    /// <summary>"warning": how bad, in the language.</summary>
    public static string Severity(Severity severity, Language language) => severity switch
    {
        Diagnosis.Severity.Error => language.Pick("error", "erro"),
        Diagnosis.Severity.Warning => language.Pick("warning", "aviso"),
        _ => "info",
    };

    /// <summary>"Nothing is wrong with the other 3 connections."</summary>
    public static string Others(long count, Language language)
    {
        string others = count == 1
            ? language.Pick("the other connection", "a outra conexão")
            : language.Pick($"the other {count} connections", $"as outras {count} conexões");
        return language.Pick($"Nothing is wrong with {others}.", $"Não há nada errado com {others}.");
    }
}
