using Trama.Diagnosis;
using Trama.Reports.Text;

namespace Trama.Reports.Findings;

/// <summary>The texts of <c>diagnose --explain</c>: what a finding is, how TCP gets there, how to see it happen, and the cure.</summary>
public static class FindingExplanations
{
    private const int WidestText = 100;

    /// <summary>Explains one finding.</summary>
    public static string Of(FindingId id, TextOptions options)
    {
        Language language = options.Language;
        int width = Math.Min(options.Width, WidestText);
        FindingPage found = FindingPages.Of(id);
        var text = new StyledText(options.Colour);
        text.Add(FindingNames.Of(id), TextStyle.Bold).EndLine();
        Paragraph.Add(text, found.What.In(language), "", width);
        Part(language.Pick("How it comes about", "Como acontece"), found.How.In(language));
        text.EndLine().Add(language.Pick("See it happen", "Veja acontecer"), TextStyle.Bold).EndLine();
        foreach (Trial trial in found.Try) text.Add("  " + trial.In(language)).EndLine();
        Part(language.Pick("Cure", "Cura"), $"{found.Cure.In(language).TrimEnd()} {Remedies.Words(found.Remedy, language)}");
        text.EndLine().Add(language.Pick("See also: ", "Veja também: "), TextStyle.Dim).Add(found.See, TextStyle.Dim).EndLine();
        return text.ToString();

        void Part(string title, string words)
        {
            text.EndLine().Add(title, TextStyle.Bold).EndLine();
            Paragraph.Add(text, words, "  ", width);
        }
    }

    /// <summary>All findings, a line each.</summary>
    public static string List(TextOptions options)
    {
        var text = new StyledText(options.Colour);
        int column = FindingNames.All.Max(name => name.Length) + 2;
        foreach (FindingPage page in FindingPages.All)
        {
            text.Add(FindingNames.Of(page.Id), TextStyle.Bold);
            string what = page.What.In(options.Language);
            int end = what.IndexOfAny(['.', ':', ';']);
            foreach (string line in Paragraph.Lines(what[..end], Math.Max(20, Math.Min(options.Width, WidestText) - column))) text.PadTo(
                column).Add(line).EndLine();
        }

        return text.ToString();
    }
}
