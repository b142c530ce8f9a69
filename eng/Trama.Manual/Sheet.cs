using System.Net;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Trama.Manual;

/// <summary>Writes a document as a page: its text between the head of the manual and the contents.</summary>
internal sealed class Sheet(IReadOnlyList<Document> documents)
{
    private readonly Dictionary<string, Document> _documents = documents.ToDictionary(document => document.Path);

    /// <summary>The page of a document.</summary>
    public string Write(Document document)
    {
        bool isPortuguese = document.IsPortuguese;
        string root = string.Concat(Enumerable.Repeat("../", document.Page.Count(character => character == '/')));
        string Say(string english, string portuguese) => isPortuguese ? portuguese : english;
        string home = root + (isPortuguese ? "index.pt-BR.html" : "index.html");
        string title = document.Title == "Trama" ? document.Title : $"{document.Title} · Trama";
        return $"""
            <!DOCTYPE html>
            <html lang="{document.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <link rel="stylesheet" href="{root}manual.css">
            <script src="{root}manual.js" defer data-root="{root}"></script>
            </head>
            <body>
            <header>
            <a class="skip" href="#text">{Say("To the text", "Ao texto")}</a>
            <a class="home" href="{home}">Trama</a>
            <form role="search" hidden><input id="search" type="search" autocomplete="off" spellcheck="false"
            placeholder="{Say("Search the manual ( / )", "Procurar no manual ( / )")}"
            aria-label="{Say("Search the manual", "Procurar no manual")}"></form>
            <a class="to-contents" href="#contents">{Say("Contents", "Conteúdo")}</a>{Other(document, root)}
            </header>
            <nav id="contents" aria-label="{Say("Contents", "Conteúdo")}">
            {Navigation(document, root)}</nav>
            <main id="text">
            <section id="found" hidden><p role="status" data-none="{Say("Nothing has all these words.", "Nada tem todas essas palavras.")}"
            data-some="{Say("places, the best first", "lugares, o melhor primeiro")}"></p><ol></ol></section>
            <article>
            {Text(document)}</article>
            </main>
            </body>
            </html>

            """;
    }

    private string Other(Document document, string root) =>
        _documents.GetValueOrDefault(document.IsPortuguese ? document.Original : Document.Translated(document.Path)) is { } other
        ? $"\n<a href=\"{root}{other.Page}\" lang=\"{other.Language}\" hreflang=\"{other.Language}\">"
            + $"{(other.IsPortuguese ? "Português" : "English")}</a>"
        : "";

    // What is not translated is offered in English.
    private string Navigation(Document shown, string root)
    {
        var text = new StringBuilder();
        foreach ((string english, string portuguese, string[] paths) in Contents.Groups)
        {
            text.Append($"<h2>{(shown.IsPortuguese ? portuguese : english)}</h2>\n<ul>\n");
            foreach (string path in paths)
            {
                Document entry = (shown.IsPortuguese ? _documents.GetValueOrDefault(Document.Translated(path)) : null) ?? _documents[path];
                string language = entry.Language == shown.Language ? "" : $" lang=\"{entry.Language}\"";
                string current = entry == shown ? " aria-current=\"page\"" : "";
                text.Append($"<li><a href=\"{root}{entry.Page}\"{language}{current}>{WebUtility.HtmlEncode(entry.Title)}</a></li>\n");
            }

            text.Append("</ul>\n");
        }

        return text.ToString();
    }

    private static string Text(Document document)
    {
        // What is wider than the page is scrolled within it, by keyboard, too.
        foreach (CodeBlock code in document.Markdown.Descendants<CodeBlock>()) code.GetAttributes().AddProperty("tabindex", "0");
        foreach (Table table in document.Markdown.Descendants<Table>()) AlignByClass(table);
        using var text = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(text);
        Document.Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlTableRenderer>(new WideTableRenderer());
        renderer.Render(document.Markdown);
        return text.ToString();
    }

    // The policy of the pages allows no style within them.
    private static void AlignByClass(Table table)
    {
        foreach (TableCell cell in table.OfType<TableRow>().SelectMany(row => row.OfType<TableCell>()))
        {
            int column = cell.ColumnIndex >= 0 ? cell.ColumnIndex : ((TableRow)cell.Parent!).IndexOf(cell);
            if (column < table.ColumnDefinitions.Count && table.ColumnDefinitions[column].Alignment == TableColumnAlign.Right)
                cell.GetAttributes().AddClass("right");
        }

        foreach (TableColumnDefinition column in table.ColumnDefinitions) column.Alignment = null;
    }

    private sealed class WideTableRenderer : HtmlTableRenderer
    {
        protected override void Write(HtmlRenderer renderer, Table table)
        {
            renderer.WriteLine("<div class=\"wide\" tabindex=\"0\">");
            base.Write(renderer, table);
            renderer.WriteLine("</div>");
        }
    }
}
