using Trama.Diagnosis;
using Trama.Reports.Findings;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Tests;

public class FindingWordsTests
{
    private static readonly Language[] Languages = [Language.English, Language.Portuguese];

    public static TheoryData<FindingId> Ids => [.. Enum.GetValues<FindingId>()];

    [Theory, MemberData(nameof(Ids))]
    public void Every_finding_of_every_kind_has_a_sentence_in_both_languages_with_and_without_numbers(FindingId id)
    {
        Fact[] facts = [.. Enum.GetValues<FactName>().Select((name, i) => new Fact(name, 1_000_000 + i))];
        foreach (FindingKind kind in Enum.GetValues<FindingKind>())
        {
            foreach (Party party in Enum.GetValues<Party>())
            {
                foreach (Side? sender in (Side?[])[null, Side.Client, Side.Server])
                {
                    foreach (Fact[] known in (Fact[][])[[], facts])
                    {
                        var finding = new Finding(id, party, Severity.Warning) { Kind = kind, Sender = sender, Facts = known };
                        string[] texts = [.. Languages.Select(language => FindingWords.Text(finding, language))];
                        Assert.NotEqual(texts[0], texts[1]);
                        Assert.All(texts, text => Assert.Matches(@"^[\p{Lu}\d][^#]*\.$", text));
                        Assert.All(texts, text => Assert.DoesNotContain("  ", text, StringComparison.Ordinal));
                    }
                }
            }
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Every_finding_is_explained_in_both_languages_in_eight_to_twenty_five_lines(FindingId id)
    {
        string[] texts = [.. Languages.Select(language =>
            FindingExplanations.Of(id, new TextOptions { Width = 100, Language = language }))];
        Assert.NotEqual(texts[0], texts[1]);
        foreach (string text in texts)
        {
            string[] lines = text.TrimEnd('\n').Split('\n');
            Assert.InRange(lines.Count(line => line.Length > 0), 8, 25);
            Assert.Equal(FindingNames.Of(id), lines[0]);
            Assert.All(lines.Where(line => !line.StartsWith("  ", StringComparison.Ordinal)), line =>
                Assert.InRange(TextWidth.Of(line), 0, 100));
        }
    }

    [Fact]
    public void Names_are_found_again_and_nothing_else_is()
    {
        Assert.All(Enum.GetValues<FindingId>(), id => Assert.Equal(id, FindingNames.Find(FindingNames.Of(id))));
        Assert.Contains("connection-rejected-by-icmp", FindingNames.All);
        Assert.Null(FindingNames.Find("packet_loss"));
    }

    [Theory]
    [InlineData(Language.English, "The network lost segments of the server: 12 of 480 (2.5 %); sent again: 9 after repeated ACKs, 3 by a "
        + "timer; waiting for them cost 1.34 s.")]
    [InlineData(Language.Portuguese, "A rede perdeu segmentos do servidor: 12 de 480 (2,5 %); reenviados: 9 após ACKs repetidos, 3 por "
        + "temporizador; a espera por eles custou 1,34 s.")]
    public void A_sentence_tells_the_numbers_that_the_rule_used(Language language, string expected)
    {
        var loss = new Finding(FindingId.PacketLoss, Party.Network, Severity.Warning)
        {
            Sender = Side.Server,
            Facts =
            [
                new Fact(FactName.Count, 12), new Fact(FactName.Total, 480), new Fact(FactName.SharePpm, 25_000),
                new Fact(FactName.FastRetransmissions, 9),
                new Fact(FactName.Timeouts, 3), new Fact(FactName.TailProbes, 0), new Fact(FactName.SumNs, 1_340_000_000),
            ],
        };
        Assert.Equal(expected, FindingWords.Text(loss, language));
    }
}
