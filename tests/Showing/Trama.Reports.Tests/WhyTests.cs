using Trama.Diagnosis;
using Trama.Reports.Findings;
using Trama.Reports.Findings.Words;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Tests;

public class WhyTests
{
    public static TheoryData<Exclusion> Exclusions => [.. Enum.GetValues<Exclusion>()];

    public static TheoryData<FindingId> Ids => [.. Enum.GetValues<FindingId>()];

    [Theory, MemberData(nameof(Exclusions))]
    public void Every_exclusion_is_said_in_both_languages(Exclusion exclusion) =>
        Assert.NotEqual(ExclusionWords.Of(exclusion, Language.English), ExclusionWords.Of(exclusion, Language.Portuguese));

    [Theory, MemberData(nameof(Ids))]
    public void No_finding_is_its_own_alternative(FindingId id) =>
        Assert.DoesNotContain(id, Alternative.To(id).Select(alternative => alternative.Id));

    [Theory]
    [InlineData(Party.Server)]
    [InlineData(Party.Client)]
    [InlineData(Party.Network)]
    public void What_is_not_certain_says_what_would_settle_it(Party party)
    {
        var finding = new Finding(FindingId.NoReply, party, Severity.Error);
        Assert.NotEqual("", Settling.Of(finding, Language.English));
        Assert.NotEqual(Settling.Of(finding, Language.English), Settling.Of(finding, Language.Portuguese));
        Assert.Equal("", Settling.Of(finding with { Confidence = Confidence.Certain }, Language.English));
        Assert.Equal("", Settling.Of(finding with { SeenAt = Side.Client }, Language.English));
    }

    [Fact]
    public void The_text_tells_what_was_excluded_and_by_what_when_asked()
    {
        var finding = new Finding(FindingId.NoReply, Party.Server, Severity.Error) { Packets = [4, 6] };
        var diagnosis = new CaptureDiagnosis(new CaptureTotals(), [new ConnectionDiagnosis(1, default, default) { Findings = [finding] }])
        { Verdict = new Verdict(finding, [1]) };
        string plain = DiagnosisText.Draw(diagnosis, new TextOptions(), TimeZoneInfo.Utc),
            why = DiagnosisText.Draw(diagnosis, new TextOptions { Why = true }, TimeZoneInfo.Utc);
        Assert.Contains("This is likely.", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("not packet-loss", plain, StringComparison.Ordinal);
        Assert.Contains("not packet-loss: the request was acknowledged, so it arrived", why, StringComparison.Ordinal);
    }
}
