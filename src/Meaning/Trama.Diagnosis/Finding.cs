using Trama.Tracing;

namespace Trama.Diagnosis;

/// <summary>One diagnosed phenomenon of a connection: what, whose, how bad, and the packets and numbers that prove it.</summary>
/// <param name="Id">What it is.</param>
/// <param name="Party">Whose it is.</param>
/// <param name="Severity">How bad.</param>
public sealed record Finding(FindingId Id, Party Party, Severity Severity)
{
    /// <summary>How sure it is.</summary>
    public Confidence Confidence { get; init; } = Confidence.Likely;

    /// <summary>The numbers of the packets that prove it, in order; the first of them when there are many.</summary>
    public IReadOnlyList<long> Packets { get; init; } = [];

    /// <summary>The numbers that the rule used.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>Which of the finding's kinds, where it has several that people are told apart: such as <c>tail</c> for a loss.</summary>
    public FindingKind Kind { get; init; }

    /// <summary>Who sent the segments that it is about; absent where it is about both sides, or about neither.</summary>
    public Side? Sender { get; init; }

    /// <summary>
    /// Of two joined captures: the side that the one is nearer to whose packets are meant; absent when there is only one.
    /// </summary>
    public Side? SeenAt { get; init; }

    /// <summary>The first of the exchanges that it is about, as the application told it; null where it is about none.</summary>
    public Said? Said { get; init; }

    /// <summary>The value of a fact; null when the rule did not state it.</summary>
    public long? this[FactName name]
    {
        get
        {
            foreach (Fact fact in Facts)
                if (fact.Name == name) return fact.Value;
            return null;
        }
    }
}
