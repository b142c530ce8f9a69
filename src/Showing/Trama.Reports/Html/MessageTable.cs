using System.Text;
using Trama.Diagnosis;
using Trama.Framing;
using Trama.Reports.Ladder;
using Trama.Reports.Text;
using Trama.Reports.Times;
using Trama.Tracing;

namespace Trama.Reports.Html;

/// <summary>The messages of a connection, a row for each exchange, with the parts of its time; the part that the main finding is about is
/// marked.</summary>
internal sealed class MessageTable(Language language)
{
    private const int MostPackets = 20;
    private const int LongestSummary = 60;

    private readonly LadderWords _words = new(language);
    private readonly IReadOnlyList<TimeColumn> _times = TimeColumn.All(language);

    /// <summary>The table under its heading; empty without messages.</summary>
    /// <param name="connection">The connection, traced with kept exchanges.</param>
    /// <param name="findings">What was found about it, the main one first.</param>
    public MarkupText Markup(Connection connection, IReadOnlyList<Finding> findings)
    {
        var table = new MarkupText();
        if (connection.Exchanges.Count == 0) return table;
        table.Add($"<h3>{language.Pick("Messages", "Mensagens")}</h3>\n");
        if (connection.OmittedExchanges > 0 && DrawnPart.Of(connection) is { } part)
            table.Add($"<p class=\"dim\">{part.Words(language)}</p>\n");
        table.Add($"<div class=\"wide\"><table><tr><th class=\"n\">#</th><th>{language.Pick("request", "pedido")}</th>");
        table.Add($"<th>{language.Pick("reply", "resposta")}</th>");
        foreach (TimeColumn column in _times) table.Add($"<th class=\"n\">{column.Title}</th>");
        table.AddMarkup("</tr>\n");
        Finding? main = findings is [{ Severity: > Severity.Info, SeenAt: not Side.Server } first, ..] ? first : null;
        foreach (Exchange exchange in connection.Exchanges) Row(table, exchange, main);
        return table.AddMarkup("</table></div>\n");
    }

    private void Row(MarkupText table, Exchange exchange, Finding? main)
    {
        table.Add($"<tr><td class=\"n\">{exchange.Index}</td><td>{Message(exchange.Request, "c")}</td><td>");
        foreach (Message message in exchange.Interim) table.Add($"{Message(message, "s")}");
        table.Add($"{Message(exchange.Reply, "s")}</td>");
        ExchangeTimes? times = ExchangeTimes.Of(exchange);
        ExchangePart? marked = main is not null && IsAbout(main, exchange) ? times?.PartOf(main.Party) : null;
        foreach (TimeColumn column in _times)
        {
            string text = times is { } known && column.Of(known) is { } ns ? DurationText.Of(ns, language) : "–";
            if (marked is not null && column.Part == marked) table.Add($"<td class=\"n bad\">◆ {text}</td>");
            else table.Add($"<td class=\"n\">{text}</td>");
        }

        table.AddMarkup("</tr>\n");
    }

    private static bool IsAbout(Finding finding, Exchange exchange)
    {
        long[] packets = [.. exchange.Messages.SelectMany(message => message.Packets)];
        return packets.Length > 0 && finding.Packets.Any(packet => packet >= packets.Min() && packet <= packets.Max());
    }

    private MarkupText Message(Message? message, string style)
    {
        var markup = new MarkupText();
        if (message is null) return markup.AddMarkup("–");
        string packets = language.Pick("packets ", "pacotes ") + string.Join(", ", message.Packets.Take(MostPackets))
            + (message.PacketCount > MostPackets ? ", …" : "");
        var text = new StringBuilder();
        if (VisibleText.IsBinary(message.Head.Span)) HexText.AppendRows(text, message.Head.Span);
        else AppendLines(text, message.Head.Span);
        markup.Add($"<details class=\"{style}\"><summary>{SizeText.Of(message.Bytes, language)} ");
        markup.Add($"{TextWidth.Fit(_words.Text(message), LongestSummary)}</summary><pre>{text.ToString()}</pre>");
        return markup.Add($"<span class=\"dim\">{packets}</span></details>");
    }

    private static void AppendLines(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (Range line in bytes.Split((byte)'\n'))
        {
            if (line.Start.Value > 0) text.Append('\n');
            VisibleText.Append(text, bytes[line].TrimEnd((byte)'\r'));
        }
    }
}
