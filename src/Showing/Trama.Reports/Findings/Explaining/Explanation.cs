using Trama.Diagnosis;

namespace Trama.Reports.Findings.Explaining;

/// <summary>What a person who meets a finding for the first time should know. Line breaks in the texts mean nothing.</summary>
internal sealed record Explanation(FindingId Id)
{
    /// <summary>What it is.</summary>
    public required Bilingual What { get; init; }

    /// <summary>How TCP gets there, and how it shows.</summary>
    public required Bilingual How { get; init; }

    /// <summary>Commands that make it happen.</summary>
    public required string[] Try { get; init; }

    /// <summary>How to cure it.</summary>
    public required Bilingual Cure { get; init; }

    /// <summary>Where it is specified: documents, with their sections in brackets.</summary>
    public required string See { get; init; }
}
