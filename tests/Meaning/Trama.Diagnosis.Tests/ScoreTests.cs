using Trama.Diagnosis.Tests.Score;

namespace Trama.Diagnosis.Tests;

public class ScoreTests
{
    /// <summary>How many cases of ../shared/faults were right when this was last raised; docs/findings.md has the tables.</summary>
    [Theory]
    [InlineData("client", 74)]
    [InlineData("server", 74)]
    [InlineData(LabelledCase.Both, 74)]
    public void The_diagnosis_is_right_as_often_as_it_was(string vantage, int reached)
    {
        ScoredCase[] cases = [.. LabelledCase.Below(TestData.Shared("faults"), vantage).Select(ScoredCase.Of)];
        TestContext.Current.TestOutputHelper?.WriteLine(ScoreTable.Of(cases) + "\n" + ScoreTable.Misses(cases));
        Assert.True(cases.Count(c => c.IsRight) >= reached, ScoreTable.Misses(cases));
    }

    /// <summary>The same captures as strangers would have taken them: nobody is blamed for what the capture did.</summary>
    [Theory]
    [InlineData("client", 10)]
    [InlineData("server", 8)]
    public void What_a_capture_does_to_packets_changes_few_verdicts_and_raises_no_alarm(string vantage, int changed)
    {
        ScoredCase[] cases = [.. Distortion.All.SelectMany(way => LabelledCase.Below(TestData.Shared("faults"), vantage)
            .Select(one => ScoredCase.Of(one with { Distortion = way })))];
        Assert.DoesNotContain(cases, c => c.Outcome == CaseOutcome.FalseAlarm);
        Assert.True(cases.Count(c => !c.IsRight) <= changed, ScoreTable.Misses(cases));
    }

    [Theory]
    [InlineData("client")]
    [InlineData("server")]
    [InlineData(LabelledCase.Both)]
    public void Healthy_connections_raise_no_alarm(string vantage)
    {
        ScoredCase[] cases = [.. LabelledCase.Below(TestData.Shared("faults"), vantage)
            .Where(c => c.Visibility == "none" || c.Labels.Contains(ScoredCase.Clean)).Select(ScoredCase.Of)];
        Assert.NotEmpty(cases);
        Assert.All(cases, c => Assert.True(c.Label == ScoredCase.Clean, $"{c.Case.Name} {vantage}: {c.All}"));
    }

    /// <summary>In IPv6, 68 bytes cut off the window scale: what is not in the capture is no evidence.</summary>
    [Theory]
    [InlineData("client")]
    [InlineData("server")]
    public void Healthy_connections_raise_no_alarm_when_the_capture_cuts_their_options(string vantage)
    {
        LabelledCase[] healthy = [.. LabelledCase.Below(TestData.Shared("faults"), vantage)
            .Where(c => c.Labels.Contains(ScoredCase.Clean))];
        Assert.NotEmpty(healthy);
        Assert.All(healthy, c => Assert.True(ScoredCase.Diagnose(c.Capture, snapLength: 68).Verdict is null, c.Name));
    }
}
