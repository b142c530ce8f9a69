namespace Trama.Reports.Findings;

/// <summary>What the demonstration of a finding arranges, and what to look for in its packets.</summary>
public sealed class FindingLesson
{
    private readonly Bilingual _arranged;
    private readonly Bilingual _lookFor;

    internal FindingLesson(Bilingual arranged, Bilingual lookFor) => (_arranged, _lookFor) = (arranged, lookFor);

    /// <summary>The lesson of a fault that the lab can arrange, by the identifier of its finding.</summary>
    /// <exception cref="ArgumentException">The lab cannot arrange it.</exception>
    public static FindingLesson Of(string fault) =>
        FindingPages.All.FirstOrDefault(page => FindingNames.Of(page.Id) == fault)?.Lesson
            ?? throw new ArgumentException(fault, nameof(fault));

    /// <summary>What is arranged.</summary>
    public string Arranged(Language language) => _arranged.In(language);

    /// <summary>What to look for in the packets.</summary>
    public string LookFor(Language language) => _lookFor.In(language);
}
