namespace Trama.Diagnosis;

/// <summary>An explanation that was considered in place of a finding.</summary>
/// <param name="Id">What it would have been.</param>
/// <param name="Because">The fact that excludes it.</param>
public readonly record struct Alternative(FindingId Id, Exclusion Because)
{
    /// <summary>What was considered in place of a finding, the likeliest first; what its rule asks for excludes each.</summary>
    public static IReadOnlyList<Alternative> To(FindingId id) => Causes.RuleOf(id).Excludes;
}
