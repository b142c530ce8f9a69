using System.Text.RegularExpressions;
using Trama.Framing;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Reports.Summary;
using Trama.Reports.Tests.Fuzz;
using Trama.Reports.Text;

namespace Trama.Reports.Tests;

/// <summary>In Portuguese all is Portuguese, decimals too.</summary>
public class PortugueseTests
{
    private static readonly TextOptions Portuguese = new() { Language = Language.Portuguese, Width = 100 };

    private static readonly Regex Point = new(@"\d\.\d+ (ns|µs|ms|s|KiB|MiB|GiB|%)");

    // What was asked for is in the words of those who asked.
    private static readonly Regex Operations = new(@"^operação .*?(\n\n|\z)", RegexOptions.Multiline | RegexOptions.Singleline);

    private static readonly Regex OneOfMany = new(@"\b1 (vezes|pacotes|conexões|trocas|segmentos|cópias|grupos)\b");

    [Fact]
    public void The_word_list_finds_a_sentence_and_leaves_Portuguese_alone()
    {
        Assert.Single(EnglishWords.Sentences("Conexão 3: the server's kernel acknowledged the request"));
        Assert.Empty(EnglishWords.Sentences("O kernel do servidor confirmou o pedido (--in-the-end, 'is the end')."));
    }

    [Fact]
    public void Every_page_of_a_finding_is_Portuguese()
    {
        foreach (FindingPage page in FindingPages.All)
        {
            // Commands are those of a shell.
            IEnumerable<string> lines = FindingExplanations.Of(page.Id, Portuguese).Split('\n');
            Look(string.Join('\n', lines.Where(line => !page.Try.Any(trial => trial.Command == line.Trim()))));
        }

        Look(FindingExplanations.List(Portuguese));
    }

    [Fact]
    public void Every_form_of_every_capture_is_Portuguese()
    {
        (SpoiledCapture[] alone, (SpoiledCapture, SpoiledCapture)[] pairs) = CaptureSeeds.Read();
        foreach (SpoiledCapture capture in alone)
            foreach (Type form in (Type[])[typeof(DiagnosisForm), typeof(SummaryReport)]) Look(Shown(form).Show(capture));
        foreach ((SpoiledCapture client, SpoiledCapture server) in pairs) Look(Shown(typeof(DiagnosisForm)).Show(client, server));
    }

    private static ShownCapture Shown(Type form) =>
        new(form, FramingRule.Auto, Language.Portuguese, Ascii: false, Diagnoses: form == typeof(DiagnosisForm), Between: null)
        {
            Width = 100,
        };

    private static void Look(string text)
    {
        // What servers say of errors is theirs.
        if (text.Contains("error-replies", StringComparison.Ordinal)) return;
        text = Operations.Replace(text, "");
        Assert.Empty(EnglishWords.Sentences(text));
        Assert.DoesNotMatch(Point, text);
        Assert.DoesNotMatch(OneOfMany, text);
    }
}
