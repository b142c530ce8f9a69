namespace Trama.Diagnosis;

/// <summary>One cause: how a connection is judged for it, and what it brings about by itself.</summary>
/// <param name="ids">The findings that it tells: one, or one for each side.</param>
internal sealed class Rule(params FindingId[] ids)
{
    public IReadOnlyList<FindingId> Ids { get; } = ids;

    /// <summary>Judges a connection; null where only the whole capture shows the cause.</summary>
    public Func<ConnectionEvidence, Finding?>? Judge { get; init; }

    /// <summary>Whether what one side sent is enough to judge by.</summary>
    public bool NeedsOneSideOnly { get; init; }

    /// <summary>Whether it rests on what was acknowledged, and when; silent where a filter left bare acknowledgements out.</summary>
    public bool NeedsAcknowledgements { get; init; }

    /// <summary>Findings that are told no more once this cause is found.</summary>
    public IReadOnlyList<FindingId> Explains { get; init; } = [];

    /// <summary>What else it might have been, and what of the rule's conditions excludes that.</summary>
    public IReadOnlyList<Alternative> Excludes { get; init; } = [];

    /// <summary>Of two vantage points: the one that shows it best.</summary>
    public Beside BestSeen { get; init; }
}
