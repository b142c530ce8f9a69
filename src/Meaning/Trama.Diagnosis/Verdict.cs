namespace Trama.Diagnosis;

/// <summary>The main cause over a whole capture.</summary>
/// <param name="Finding">One connection's finding of that cause, the worst.</param>
/// <param name="Connections">The numbers of the connections that have it, in order.</param>
public sealed record Verdict(Finding Finding, IReadOnlyList<long> Connections)
{
    /// <summary>The main cause over connections with findings; null when nothing is of severity warning or above.</summary>
    public static Verdict? Of(IReadOnlyList<ConnectionDiagnosis> found)
    {
        var causes = found
            .Where(c => c.Findings[0].Severity >= Severity.Warning)
            .GroupBy(c => (c.Findings[0].Id, c.Findings[0].Party))
            .OrderByDescending(group => group.Max(c => c.Findings[0].Severity))
            .ThenByDescending(group => group.Count())
            .FirstOrDefault();
        return causes is null ? null : new Verdict(causes.MaxBy(c => c.Findings[0].Severity)!.Findings[0], [.. causes.Select(c => c.Id)]);
    }
}
