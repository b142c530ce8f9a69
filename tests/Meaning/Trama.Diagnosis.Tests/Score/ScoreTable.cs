using System.Globalization;
using System.Text;

namespace Trama.Diagnosis.Tests.Score;

/// <summary>How often the diagnosis was right, what it took for what, and where it was wrong.</summary>
internal static class ScoreTable
{
    public static string Of(IReadOnlyCollection<ScoredCase> cases)
    {
        var text = new StringBuilder();
        int right = cases.Count(c => c.IsRight), best = cases.Count(c => c.IsBest);
        text.Append(CultureInfo.InvariantCulture, $"{right} of {cases.Count} right ({Percent(right, cases.Count)} %), {best} the best "
            + $"answer ({Percent(best, cases.Count)} %)\n\n");
        text.Append(Outcomes(cases)).Append('\n').Append(Confidences(cases)).Append("\n\n");
        text.Append("| cause | cases | right | taken for |\n| --- | --- | --- | --- |\n");
        foreach (var group in cases.GroupBy(c => c.Case.Visibility == "none" ? "(nothing shows)" : c.Case.Label)
            .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            string others = string.Join(", ", group.Where(c => !c.IsRight).GroupBy(c => $"{c.Label} ({c.Party})")
                .Select(g => g.Count() == 1 ? g.Key : $"{g.Key} ×{g.Count()}"));
            text.Append(CultureInfo.InvariantCulture, $"| {group.Key} | {group.Count()} | {group.Count(c => c.IsRight)} | {others} |\n");
        }

        return text.ToString();
    }

    public static string Misses(IEnumerable<ScoredCase> cases)
    {
        var text = new StringBuilder();
        foreach (ScoredCase miss in cases.Where(c => !c.IsRight))
            text.Append(CultureInfo.InvariantCulture, $"{miss.Case.Name} [{miss.Case.Kind}] {miss.Case.Vantage} "
                + $"({miss.Case.Visibility}): {miss.Label}, {miss.Party}; found {miss.All}\n");
        return text.ToString();
    }

    /// <summary>How many verdicts were right, wrong, missing or raised for nothing.</summary>
    public static string Outcomes(IReadOnlyCollection<ScoredCase> cases) => string.Create(
        CultureInfo.InvariantCulture,
        $"right {Count(cases, CaseOutcome.Right)}, wrong {Count(cases, CaseOutcome.Wrong)}, "
            + $"missed {Count(cases, CaseOutcome.Missed)}, false alarm {Count(cases, CaseOutcome.FalseAlarm)}");

    /// <summary>Of the verdicts of each confidence, how many were right.</summary>
    public static string Confidences(IReadOnlyCollection<ScoredCase> cases) =>
        string.Join(", ", Enum.GetValues<Confidence>().Reverse().Select(confidence =>
    {
        ScoredCase[] told = [.. cases.Where(c => c.Confidence == confidence)];
        int right = told.Count(c => c.IsRight);
        return $"{ScoredCase.Kebab(confidence)} {right} of {told.Length} right ({Percent(right, told.Length)} %)";
    }));

    private static int Count(IEnumerable<ScoredCase> cases, CaseOutcome outcome) => cases.Count(c => c.Outcome == outcome);

    private static string Percent(int part, int whole) => (100.0 * part / Math.Max(1, whole)).ToString("F1", CultureInfo.InvariantCulture);
}
