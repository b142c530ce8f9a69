using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings;

/// <summary>Findings in sentences.</summary>
public static class FindingWords
{
    /// <summary>What was found, in a sentence or two, with the numbers that the rule used.</summary>
    public static string Text(Finding finding, Language language, bool ascii = false)
    {
        var facts = new FindingFacts(finding, language, ascii);
        if (finding.SeenAt is not null && BothEndsWords.Text(facts) is { Length: > 0 } certain) return certain;
        string text = Family(finding.Id) switch
        {
            Topic.Opening => OpeningWords.Text(facts),
            Topic.Ending => EndingWords.Text(facts),
            Topic.Pace => PaceWords.Text(facts),
            Topic.Path => PathWords.Text(facts),
            _ => MessageWords.Text(facts),
        };
        if (finding.Kind == FindingKind.Indirect)
            text += language.Pick(" Only the consequences show in this capture; this is their likeliest cause.", " Nesta captura só aparecem as consequências; esta é a causa mais provável.");
        return text;
    }

    /// <summary>A finding as a note below what it is about: <c>◆ no-reply (the server): The server's kernel …</c></summary>
    public static string Note(Finding finding, Language language, bool ascii = false) =>
        $"{(ascii ? "*" : "◆")} {FindingNames.Of(finding.Id)} ({Whose(finding.Party, language)}): {Text(finding, language, ascii)}";

    /// <summary>What to do next; empty when there is nothing to do.</summary>
    public static string Next(Finding finding, Language language)
    {
        var facts = new FindingFacts(finding, language, ascii: true);
        if (finding.SeenAt is not null && BothEndsWords.Next(facts) is { Length: > 0 } next) return next;
        return Family(finding.Id) switch
        {
            Topic.Opening => OpeningWords.Next(facts),
            Topic.Ending => EndingWords.Next(facts),
            Topic.Pace => PaceWords.Next(facts),
            Topic.Path => PathWords.Next(facts),
            _ => MessageWords.Next(facts),
        };
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

    private static Topic Family(FindingId id) => id switch
    {
        <= FindingId.EphemeralPortReuse => Topic.Opening,
        <= FindingId.SimultaneousClose => Topic.Ending,
        <= FindingId.SlowStartAfterIdle => Topic.Pace,
        <= FindingId.CaptureLoss => Topic.Path,
        _ => Topic.Message,
    };

    private enum Topic
    {
        Opening,
        Ending,
        Pace,
        Path,
        Message,
    }
}
