using Trama.Captures;
using Trama.Diagnosis.Tests.Score;

namespace Trama.Diagnosis.Tests;

public class HealthyCaptureTests
{
    internal const string Known = "tests/Meaning/Trama.Diagnosis.Tests/known-findings.tsv";

    /// <summary>
    /// Captures of real programs: what is found in them was looked at singly, and is there; docs/diagnose.md has the table.
    /// </summary>
    [Fact]
    public void Real_captures_raise_the_alarms_whose_reasons_are_known_and_no_other()
    {
        var found = new List<string>();
        string[] captures = [.. Captures("captures/tcp"), .. Captures("captures/lower-layers")];
        foreach (string capture in captures)
        {
            IEnumerable<Finding> loud = Diagnose(capture)?.Connections.SelectMany(c => c.Findings).Where(f =>
                f.Severity >= Severity.Warning) ?? [];
            found.AddRange(loud.GroupBy(f => f.Id).Select(alike =>
                $"{Path.GetFileName(capture)}\t{ScoredCase.Kebab(alike.Key)}\t{ScoredCase.Kebab(alike.Max(f => f.Confidence))}"));
        }

        string[] known = [.. File.ReadLines(Path.Combine(TestData.Root, Known)).Skip(1)
            .Where(line => captures.Select(Path.GetFileName).Contains(line.Split('\t')[0]))];
        Assert.All(known, line => Assert.True(line.Split('\t') is [_, _, _, { Length: > 0 }], line));
        Assert.Equal(known.Select(line => line[..line.LastIndexOf('\t')]).Order(StringComparer.Ordinal),
            found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Hostile_captures_end_in_a_diagnosis() =>
        Assert.Contains(Captures("captures/hostile").Select(Diagnose), diagnosis => diagnosis is not null);

    private static IEnumerable<string> Captures(string folder) =>
        Directory.EnumerateFiles(TestData.Shared(folder))
            .Where(path => Path.GetExtension(path) is not (".json" or ".txt" or ".gz" or ".tsv" or ".md"));

    private static CaptureDiagnosis? Diagnose(string capture)
    {
        try
        {
            return ScoredCase.Diagnose(capture);
        }
        catch (CaptureException)
        {
            return null;
        }
    }
}
