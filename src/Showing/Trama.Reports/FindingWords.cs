using Trama.Diagnosis;
using Trama.Reports.Findings;
using Trama.Reports.Findings.Words;

namespace Trama.Reports;

/// <summary>Findings in sentences.</summary>
public static class FindingWords
{
    /// <summary>What was found, in a sentence or two, with the numbers that the rule used.</summary>
    public static string Text(Finding finding, Language language, bool ascii = false)
    {
        var facts = new FindingFacts(finding, language, ascii);
        FindingPage page = FindingPages.Of(finding.Id);
        if (finding.SeenAt is not null && page.TextOfBoth?.Invoke(facts) is { Length: > 0 } certain) return certain;
        string text = page.Text(facts);
        if (finding.Kind == FindingKind.Indirect)
            text += language.Pick(" Only the consequences show in this capture; this is their likeliest cause.",
                " Nesta captura só aparecem as consequências; esta é a causa mais provável.");
        return text;
    }

    /// <summary>A finding as a note below what it is about: <c>◆ no-reply (the server): The server's kernel …</c></summary>
    public static string Note(Finding finding, Language language, bool ascii = false) =>
        $"{(ascii ? "*" : "◆")} {FindingNames.Of(finding.Id)} ({Whose(finding.Party, language)}): {Text(finding, language, ascii)}";

    /// <summary>What to do next.</summary>
    public static string Next(Finding finding, Language language)
    {
        var facts = new FindingFacts(finding, language, ascii: true);
        FindingPage page = FindingPages.Of(finding.Id);
        if (finding.SeenAt is not null && page.AdviceOfBoth?.Invoke(facts) is { Length: > 0 } next) return next;
        return page.Advice(facts);
    }

    /// <summary>Whose it is: <c>the server</c>, <c>cannot tell from here</c>.</summary>
    public static string Whose(Party party, Language language) => party switch
    {
        Party.Client => language.Pick("the client", "do cliente"),
        Party.Network => language.Pick("the network", "da rede"),
        Party.Server => language.Pick("the server", "do servidor"),
        Party.None => language.Pick("nobody", "de ninguém"),
        _ => language.Pick("cannot tell from here", "não dá para dizer daqui"),
    };
}
