using System.Text;
using Trama.Diagnosis;
using Trama.Reports;
using Trama.Reports.Browsing;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Text;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.View.Saving;

/// <summary>A connection in Markdown, for those who were not there: what was found, what to do, the ladder, and how to see it
/// again.</summary>
internal sealed class Ticket(ViewOptions options, TextOptions text)
{
    private const int MostRows = 200, Columns = 100;

    private readonly TextOptions _plain = text with { Colour = false, Width = Columns };

    /// <summary>The text.</summary>
    public string Of(ConnectionDetail detail)
    {
        Language language = text.Language;
        Connection connection = detail.Connection;
        var ticket = new StringBuilder();
        string title = detail.Findings is [var first, ..] ? FindingNames.Of(first.Id) : language.Pick("connection", "conexão");
        ticket.Append($"# {title}: {connection.Client} > {connection.Server}\n\n");
        foreach (Finding finding in detail.Findings)
        {
            ticket.Append($"**{FindingNames.Of(finding.Id)}** ({FindingWords.Whose(finding.Party, language)}, "
                + $"{FindingNames.Of(finding.Confidence)}): {Escaped(FindingWords.Text(finding, language))}\n\n");
        }

        if (detail.Findings is [var main, ..])
            ticket.Append(language.Pick("What to do: ", "O que fazer: ")).Append(Escaped(FindingWords.Next(main, language))).Append("\n\n");
        Code(ticket, Ladder(detail.Ladder));
        string[] commands = options.File is null ? [] : [$"trama trace {Quoted(options.File)} --connection {connection.Id} --ladder"];
        string filter = $"host {connection.Client.Address} and host {connection.Server.Address} and port {connection.Client.Port}";
        ticket.Append(language.Pick("To see it again:", "Para ver de novo:")).Append("\n\n");
        Code(ticket, [.. commands, $"tcpdump -n -r {Quoted(options.File ?? "FILE")} '{filter}'"]);
        return ticket.ToString();
    }

    private IEnumerable<string> Ladder(ConnectionLadder ladder)
    {
        var drawing = new TextLadder(ladder, _plain);
        foreach (string line in drawing.HeadLines()) yield return line;
        foreach (LadderRow row in ladder.Rows.Take(MostRows)) yield return drawing.RowLine(row);
        if (ladder.Rows.Count > MostRows)
            yield return new LadderWords(text.Language, text.Ascii).Omitted(ladder.Rows.Count - MostRows);
    }

    // Indented, nothing that a peer said can end it.
    private static void Code(StringBuilder ticket, IEnumerable<string> lines)
    {
        foreach (string line in lines) ticket.Append("    ").Append(line).Append('\n');
        ticket.Append('\n');
    }

    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // What has a meaning in Markdown or HTML is only itself here.
    private static string Escaped(string words)
    {
        var escaped = new StringBuilder(words.Length);
        foreach (char letter in words)
            escaped.Append("\\`*_{}[]<>#|!~&".Contains(letter, StringComparison.Ordinal) ? "\\" : "").Append(letter);
        return escaped.ToString();
    }
}
