using Trama.Reports.Forms;
using Trama.Reports.Ladder;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Html;

/// <summary>The connections of a page, a row each; the text alone is kept.</summary>
internal sealed class ConnectionList(Language language)
{
    private readonly LadderWords _words = new(language);
    private readonly MarkupText _rows = new();

    /// <summary>How many connections there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a connection that has ended.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="isDrawn">Whether the page has a section on it.</param>
    public void Add(Connection connection, bool isDrawn)
    {
        if (++Count > FormBounds.Listed) return;
        long again = connection.ToServer.Retransmissions + connection.ToClient.Retransmissions;
        if (isDrawn) _rows.Add($"<tr><td class=\"n\"><a href=\"#c{connection.Id}\">{connection.Id}</a></td>");
        else _rows.Add($"<tr><td class=\"n\">{connection.Id}</td>");
        _rows.Add($"<td>{connection.Client.ToString()}</td><td>{connection.Server.ToString()}</td><td>{_words.End(connection)}</td>");
        _rows.Add($"<td class=\"n\">{connection.ExchangeCount}</td>");
        _rows.Add($"<td class=\"n\">{SizeText.Of(connection.ToServer.StreamBytes, language)}</td>");
        _rows.Add($"<td class=\"n\">{SizeText.Of(connection.ToClient.StreamBytes, language)}</td>");
        _rows.Add($"<td class=\"n {(again > 0 ? "bad" : "")}\">{again}</td><td class=\"n\">{RoundTrip(connection)}</td></tr>\n");
    }

    /// <summary>The table.</summary>
    public MarkupText Markup()
    {
        var table = new MarkupText();
        table.Add($"<div class=\"wide\"><table><tr><th class=\"n\">#</th><th>{_words.Name(Side.Client)}</th>");
        table.Add($"<th>{_words.Name(Side.Server)}</th><th>{language.Pick("what became of it", "o que houve")}</th>");
        table.Add($"<th class=\"n\">{language.Pick("exchanges", "trocas")}</th>");
        table.Add($"<th class=\"n\">{language.Pick("to server", "ao servidor")}</th>");
        table.Add($"<th class=\"n\">{language.Pick("to client", "ao cliente")}</th>");
        table.Add($"<th class=\"n\">{language.Pick("retransmissions", "retransmissões")}</th><th class=\"n\">rtt</th></tr>\n");
        table.Add($"{_rows}");
        return table.AddMarkup("</table></div>\n");
    }

    private string RoundTrip(Connection connection) => connection.Rtt is { } rtt ? DurationText.Of(rtt.P50Ns, language) : "–";
}
