using System.Text;
using System.Text.RegularExpressions;
using Trama.Reports;
using Trama.Reports.Findings;

namespace Trama.Manual;

/// <summary>What <c>trama diagnose --explain</c> says of every finding, as a document in each language.</summary>
internal static partial class Explanations
{
    /// <summary>Where the English one would lie, were it a file.</summary>
    public const string Path = "docs/explained.md";

    /// <summary>The documents: path and Markdown.</summary>
    public static IReadOnlyDictionary<string, string> Documents { get; } = new Dictionary<string, string>
    {
        [Path] = Write(Language.English),
        [Document.Translated(Path)] = Write(Language.Portuguese),
    };

    private static string Write(Language language)
    {
        var text = new StringBuilder(language.Pick(
            "# Every finding, explained\n\nThe same as `trama diagnose --explain ID` says.\n",
            "# Cada achado, explicado\n\nO mesmo que `trama diagnose --explain ID` diz.\n"));
        foreach (FindingPage page in FindingPages.All)
        {
            text.Append($"\n## {FindingNames.Of(page.Id)}\n\n**{Plain(page.Label)}.** {Plain(page.What)}\n");
            text.Append($"\n{Plain(page.How)}\n\n```\n{string.Join('\n', page.Try.Select(trial => trial.In(language)))}\n```\n");
            text.Append($"\n**{language.Pick("Cure", "Cura")}.** {Plain(page.Cure)}\n{Escaped(Remedies.Words(page.Remedy, language))}\n");
            text.Append($"\n{language.Pick("See also", "Veja também")}: {Linked(page.See)}\n");
        }

        return text.ToString();
        string Plain(Bilingual words) => Escaped(words.In(language).Trim());
    }

    private static string Escaped(string words) => Mark().Replace(words, @"\$0");

    private static string Linked(string sources) => Rfc().Replace(InDocs().Replace(Escaped(sources), "[$0]($1.md)"),
        "[$0](https://www.rfc-editor.org/rfc/rfc$1)");

    [GeneratedRegex(@"[\\`*_<\[\]#]")]
    private static partial Regex Mark();

    [GeneratedRegex(@"docs/([a-z-]+)\.md")]
    private static partial Regex InDocs();

    [GeneratedRegex(@"RFC (\d+)")]
    private static partial Regex Rfc();
}
