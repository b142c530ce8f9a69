using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings;

/// <summary>
/// All that is said of one finding, to those who meet it in a capture and to those who want to understand it. Line breaks in the
/// long texts mean nothing.
/// </summary>
internal sealed record FindingPage(FindingId Id)
{
    /// <summary>A few words, for headings and marks.</summary>
    public required Bilingual Label { get; init; }

    /// <summary>What was found, in a sentence or two, with the numbers that the rule used.</summary>
    public required Func<FindingFacts, string> Text { get; init; }

    /// <summary>The same, where two captures prove what one alone leaves in doubt; empty, or absent, where they say no more.</summary>
    public Func<FindingFacts, string>? TextOfBoth { get; init; }

    /// <summary>What to do next.</summary>
    public required Func<FindingFacts, string> Advice { get; init; }

    /// <summary>The same, after two captures; empty, or absent, where it is no other.</summary>
    public Func<FindingFacts, string>? AdviceOfBoth { get; init; }

    /// <summary>What it is.</summary>
    public required Bilingual What { get; init; }

    /// <summary>How TCP gets there, and how it shows.</summary>
    public required Bilingual How { get; init; }

    /// <summary>Commands that make it happen.</summary>
    public required Trial[] Try { get; init; }

    /// <summary>How to cure it.</summary>
    public required Bilingual Cure { get; init; }

    /// <summary>What of path, window or pace cures it.</summary>
    public Remedy Remedy { get; init; }

    /// <summary>Where it is specified: documents, with their sections in brackets.</summary>
    public required string See { get; init; }

    /// <summary>What <c>trama demo --fault</c> arranges, and where to look; null where the lab cannot make it.</summary>
    public required FindingLesson? Lesson { get; init; }
}
