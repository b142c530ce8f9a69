using System.Security.Cryptography;
using System.Text;
using Trama.Reports.Browsing.Answers;
using Trama.Reports.Forms;
using Trama.Reports.Ladder;

namespace Trama.Reports.Page;

/// <summary>
/// The page as one file with its data inside: it works where it is opened from, and asks nothing of a network. What scripts and styles may
/// do is said by their hashes (Content Security Policy 3, section 2.3.1), so that nothing else runs in it, whatever the data holds; in the
/// data each <c>&lt;</c> is escaped.
/// </summary>
/// <param name="source">The capture.</param>
/// <param name="language">The language of its words.</param>
public sealed class ReportPage(BrowsedSource source, Language language)
{
    private static readonly string s_script = PageScript.Of("/report.js");

    private static readonly string s_style = Encoding.UTF8.GetString(PageFiles.Find("/page.css")!.Bytes.Span);

    /// <summary>The connections that are drawn, which are kept (<see cref="Browsing.BrowsedCapture.Keep"/>) or can be read again.</summary>
    public IReadOnlyList<long> Drawn { get; init; } = [];

    /// <summary>How many connections there are.</summary>
    public long Connections { get; init; }

    /// <summary>Writes the page.</summary>
    public void Write(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Write(output, $"""
            <!DOCTYPE html>
            <html lang="{language.Pick("en", "pt-BR")}" data-lang="{language.Pick("en", "pt")}" data-report>
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>trama</title>
            <link rel="icon" href="data:,">
            <style>{s_style}</style>
            </head>
            <body>
            <header id="top"></header>
            <main id="page"><p class="wait">trama</p></main>
            <div id="said" class="out-of-sight" role="status" aria-live="polite"></div>

            """);
        var data = new ReportData(source, language);
        long left = FormBounds.PageBytes;
        var drawn = new List<(long Id, ReadOnlyMemory<byte> Data)>();
        foreach (long connection in Drawn.TakeWhile(_ => left > 0))
        {
            drawn.Add((connection, data.Connection(connection)));
            left -= drawn[^1].Data.Length;
        }

        string? note = drawn.Count < Connections ? DrawnPart.OfConnections(drawn.Count, Connections, language) : null;
        Block(output, "id=\"capture\"", data.Capture(note));
        foreach ((long id, ReadOnlyMemory<byte> bytes) in drawn) Block(output, $"data-connection=\"{id}\"", bytes);
        Write(output, $"<script>{s_script}</script>\n</body>\n</html>\n");
    }

    private static string Policy => $"default-src 'none'; script-src '{Hash(s_script)}'; style-src '{Hash(s_style)}'; img-src blob: data:; "
        + "base-uri 'none'; form-action 'none'";

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Of a type that is no script's: a browser reads it as text alone.
    private static void Block(Stream output, string name, ReadOnlyMemory<byte> json)
    {
        Write(output, $"<script type=\"application/json\" {name}>");
        output.Write(json.Span);
        Write(output, "</script>\n");
    }

    private static void Write(Stream output, string text) => output.Write(Encoding.UTF8.GetBytes(text));
}
