using System.Text.Encodings.Web;
using System.Text.Json;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Trama.Manual;

/// <summary>What the pages' search reads: every section of every document, with its words.</summary>
internal static class SearchIndex
{
    // It is a file of its own, not a part of a page.
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A script that gives them to the page: page, language, title, anchor, heading and words of each section.</summary>
    public static string Write(IEnumerable<Document> documents) =>
        "sections([\n" + string.Join(",\n", documents.SelectMany(Sections).Select(fields => JsonSerializer.Serialize(fields, s_options)))
        + "\n]);\n";

    private static IEnumerable<string[]> Sections(Document document)
    {
        string anchor = "", heading = document.Title;
        var words = new List<string>();
        foreach (Block block in document.Markdown)
        {
            if (block is HeadingBlock next)
            {
                if (words.Count > 0) yield return Section();
                (anchor, heading) = (next.GetAttributes().Id ?? "", PlainText.Of(next));
                words = [heading];
            }
            else words.Add(PlainText.Of(block));
        }

        if (words.Count > 0) yield return Section();
        string[] Section() => [document.Page, document.Language, document.Title, anchor, heading, string.Join(' ', words)];
    }
}
