using System.Text;
using Trama.Diagnosis;
using Trama.Framing;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Joined;
using Trama.Reports.Ladder.Svg;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Html;

/// <summary>
/// A page that needs nothing but itself: the list of connections, and for each the ladder, the messages, a time–sequence plot
/// and a plot of round trip times per direction. It has no script and asks nothing of the network.
/// </summary>
/// <param name="language">The language of the page.</param>
internal sealed class HtmlReport(Language language)
{
    private const string Style = """
        :root{color-scheme:light dark;--line:#d0d7de;--dim:#6e7781;--c:#0969a2;--s:#9a5b00;--bad:#cf222e;--bg:#fff;--fg:#24292f;
        --ack:#57606a}
        @media(prefers-color-scheme:dark){:root{--line:#30363d;--dim:#8b949e;--c:#58a6ff;--s:#e3b341;--bad:#ff7b72;--bg:#0d1117;
        --fg:#d0d7de;--ack:#8b949e}}
        body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem;background:var(--bg);color:var(--fg)}
        h1{font-size:1.4rem}h2{font-size:1.15rem;border-top:1px solid var(--line);padding-top:1.2rem;margin-top:2.2rem}
        h3{font-size:1rem;margin:1.2rem 0 .3rem}
        .wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        th,td{padding:.25rem .7rem .25rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
        th{color:var(--dim);font-weight:normal}td.n,th.n{text-align:right;white-space:nowrap}a{color:inherit}.dim{color:var(--dim)}
        .bad{color:var(--bad)}
        pre{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere;font:13px ui-monospace,monospace}
        summary{cursor:pointer;overflow-wrap:anywhere}.c>summary{color:var(--c)}.s>summary{color:var(--s)}
        svg{max-width:100%;height:auto;display:block}.plot{font:11px ui-monospace,monospace;fill:var(--dim)}
        .plot .grid{stroke:var(--line);stroke-width:.7}.plot path{fill:none}
        .plot .c{stroke:var(--c);stroke-width:2}.plot .s{stroke:var(--s);stroke-width:2}.plot .again{stroke:var(--bad);stroke-width:3}
        .plot .ack{stroke:var(--ack);stroke-width:1}
        .plot circle.c{fill:var(--c);stroke:none}.plot circle.s{fill:var(--s);stroke:none}
        """;

    private readonly LadderWords _words = new(language);

    /// <summary>Two captures of which the connections are; their ladders then show both.</summary>
    public JoinedCapture? Joined { get; init; }

    /// <summary>Writes the page.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="list">All connections.</param>
    /// <param name="drawn">Those that are drawn, traced with kept exchanges and segments.</param>
    /// <param name="capture">What they come from.</param>
    public void Write(Stream output, ConnectionList list, IReadOnlyList<Connection> drawn, TracedCapture capture)
    {
        CaptureDiagnosis diagnosis = capture.Diagnosis;
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        string title = "Trama: " + string.Join(", ", capture.Files.Select(file => VisibleText.Of(file)));
        var head = new MarkupText();
        head.Add($"<!DOCTYPE html>\n<html lang=\"{language.Pick("en", "pt-BR")}\"><head><meta charset=\"utf-8\"/>");
        head.Add($"<meta name=\"viewport\" content=\"width=device-width\"/><title>{title}</title>\n");
        head.AddMarkup("<style>\n").AddMarkup(Style).AddMarkup("\n").AddMarkup(SvgLadder.Style)
            .AddMarkup(Joined is null ? "" : JoinedSvgLadder.Style).AddMarkup("</style></head><body>\n");
        head.Add($"<h1>{title}</h1>\n<p class=\"dim\">{Counts(diagnosis.Totals)}</p>\n");
        if (diagnosis.Verdict is { } verdict) head.Add($"<p class=\"bad\">{FindingWords.Text(verdict.Finding, language)}</p>\n");
        writer.Write(head);
        writer.Write(list.Markup());
        if (list.Count > drawn.Count) writer.Write(new MarkupText()
            .Add($"<p class=\"dim\">{DrawnPart.OfConnections(drawn.Count, list.Count, language)}</p>\n"));
        foreach (Connection connection in drawn) Connection(writer, connection, diagnosis.FindingsOf(connection), capture.Between);
        writer.Write("</body></html>\n");
    }

    private string Counts(CaptureTotals totals) => CountWords.Packets(totals.Packets, language) + ", "
        + CountWords.Connections(totals.Connections, language);

    private void Connection(TextWriter writer, Connection connection, IReadOnlyList<Finding> findings, Period? between)
    {
        var section = new MarkupText();
        section.Add($"<section id=\"c{connection.Id}\"><h2>{connection.Id}. {connection.Client.ToString()} → ");
        section.Add($"{connection.Server.ToString()}</h2>\n<p>{_words.End(connection)}</p>\n");
        if (ProcessText.Sentence(connection.Process(Side.Client), connection.Process(Side.Server), language) is { } owners)
            section.Add($"<p class=\"dim\">{owners}</p>\n");
        if (connection.Misfit is { } misfit) section.Add($"<p class=\"bad\">{FramingWords.Misfit(connection, misfit, language)}</p>\n");
        Findings(section, findings);
        section.Add($"{new MessageTable(language).Markup(connection, findings)}");
        section.Add($"<h3>{language.Pick("Ladder", "Escada")}</h3>\n<div class=\"wide\">{Ladder(connection, findings, between)}</div>\n");
        foreach (Side side in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            string who = _words.Name(side);
            Plot(section, SequencePlot.Draw, connection, side, language.Pick(
                $"Bytes of the {who} over time: each segment a bar, red when sent again; the line is what was acknowledged",
                $"Bytes do {who} ao longo do tempo: cada segmento uma barra, vermelha quando reenviado; a linha é o que foi confirmado"));
        }

        foreach (Side side in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            string who = _words.Name(side);
            Plot(section, RttPlot.Draw, connection, side, language.Pick(
                $"From a segment of the {who} to its acknowledgement, at the vantage point",
                    $"De um segmento do {who} à sua confirmação, no ponto de observação"));
        }

        writer.Write(section.AddMarkup("</section>\n"));
    }

    // A joined connection has the number of its place.
    private MarkupText Ladder(Connection connection, IReadOnlyList<Finding> findings, Period? between) => Joined is { } joined
        ? JoinedSvgLadder.Markup(JoinedLadder.Of(joined, joined.Connections[(int)connection.Id - 1], between, findings), language,
            withStyle: false)
        : SvgLadder.Markup(ConnectionLadder.Of(connection, findings), language, withStyle: false);

    private void Findings(MarkupText section, IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings)
            section.Add($"<p class=\"{(finding.Severity > Severity.Info ? "bad" : "dim")}\"><b>{FindingNames.Of(finding.Id)}</b> ")
                .Add($"({FindingWords.Whose(finding.Party, language)}): {FindingWords.Text(finding, language)}</p>\n");
    }

    private void Plot(MarkupText section, Func<Connection, Side, string, Language, MarkupText?> draw, Connection connection, Side side,
        string title)
    {
        if (draw(connection, side, title, language) is { } plot) section.Add($"<h3>{title}</h3>\n<div class=\"wide\">{plot}</div>\n");
    }
}
