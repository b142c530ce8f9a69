using Trama.Diagnosis;
using Trama.Reports.Findings;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Tests;

public class FindingPageTests
{
    public static TheoryData<FindingId> Ids => [.. Enum.GetValues<FindingId>()];

    [Fact]
    public void Every_finding_has_one_page() =>
        Assert.Equal(Enum.GetValues<FindingId>(), FindingPages.All.Select(page => page.Id).Order());

    [Theory, MemberData(nameof(Ids))]
    public void Every_part_of_a_page_is_there_in_both_languages(FindingId id)
    {
        FindingPage page = FindingPages.Of(id);
        Bilingual[] parts = [page.Label, page.What, page.How, page.Cure];
        Assert.All(parts, part => Assert.All([part.English, part.Portuguese], text => Assert.NotEqual("", text.Trim())));
        Assert.All(parts, part => Assert.NotEqual(part.English, part.Portuguese));
        Assert.NotEmpty(page.Try);
        Assert.NotEqual("", page.See);
        if (page.Lesson is not { } lesson) return;
        Assert.NotEqual(lesson.Arranged(Language.English), lesson.Arranged(Language.Portuguese));
        Assert.NotEqual(lesson.LookFor(Language.English), lesson.LookFor(Language.Portuguese));
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_advice_of_every_kind_says_what_to_do_and_not_again_what_happened(FindingId id)
    {
        FindingPage page = FindingPages.Of(id);
        Fact[] facts = [.. Enum.GetValues<FactName>().Select((name, i) => new Fact(name, 1_000_000 + i))];
        foreach (FindingKind kind in Enum.GetValues<FindingKind>())
        {
            foreach (Party party in Enum.GetValues<Party>())
            {
                var finding = new Finding(id, party, Severity.Warning) { Kind = kind, Facts = facts };
                string[] both = [.. Enum.GetValues<Language>()
                    .Select(language => Advice(page, new FindingFacts(finding, language, ascii: false)))];
                Assert.NotEqual(both[0], both[1]);
            }
        }
    }

    // Advice continues "What to do: ", so it begins with a small letter; and it gives no figures, which the text has.
    private static string Advice(FindingPage page, FindingFacts facts)
    {
        string text = page.Text(facts), advice = page.Advice(facts);
        string[] all = [advice, page.AdviceOfBoth?.Invoke(facts) ?? ""];
        Assert.Matches(@"^\p{Ll}", advice);
        Assert.All(all, said => Assert.DoesNotContain("#", said, StringComparison.Ordinal));
        Assert.All(all.Where(said => said.Length > 0), said =>
            Assert.False(text.StartsWith(said[..Math.Min(20, said.Length)], StringComparison.OrdinalIgnoreCase), said));
        return advice;
    }
}
