using Trama.Reports.Ladder.Svg;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Ladder.Joined;

/// <summary>
/// Draws a joined ladder as an SVG picture: slanted arrows from where a segment left to where it arrived; one that was lost
/// ends on the way, one that was made up begins there.
/// </summary>
public sealed class JoinedSvgLadder
{
    private const int Width = 920;
    private const int Client = 150;
    private const int Server = 866;
    private const int Middle = (Client + Server) / 2;
    private const int Head = 62;
    private const int RowHeight = 25;
    private const int FootLine = 20;
    private const int MaxLabel = 62;
    private const int MostArrowsWithDelays = 60;

    // How far an arrow that ends, or begins, on the way goes down, and across: past its label.
    private const int Fall = 14;
    private const int Across = (Server - Client) * 2 / 3;

    internal const string Style = """
        .slanted text.on{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
        .slanted .x{stroke:#cf222e;stroke-width:2.5;fill:none}
        @media(prefers-color-scheme:dark){.slanted text.on{stroke:#0d1117}.slanted .x{stroke:#ff7b72}}
        """;

    private readonly JoinedLadder _ladder;
    private readonly JoinedWords _words;
    private readonly LadderClock _clock;
    private readonly MarkupText _svg = new();
    private readonly int[] _y;

    private JoinedSvgLadder(JoinedLadder ladder, Language language)
    {
        (_ladder, _words) = (ladder, new JoinedWords(language, ascii: false));
        _clock = new LadderClock(ladder.StartedAt, ladder.Span.Last, language);
        _y = new int[ladder.Rows.Count + 1];
        int y = Head;
        for (int row = 0; row < ladder.Rows.Count; row++)
        {
            IReadOnlyList<JoinedArrow> arrows = ladder.Rows[row].Arrows;
            // An arrow that begins on the way begins above this row, with room for its label; one that ends there ends below.
            if (arrows.Any(arrow => arrow.LeavesIn < 0)) y += 2 * Fall;
            _y[row] = y += RowHeight;
            if (arrows.Any(arrow => arrow.ArrivesIn < 0)) y += Fall;
        }

        _y[^1] = y + RowHeight;
    }

    /// <summary>The picture as a file of its own.</summary>
    public static string Draw(JoinedLadder ladder, Language language) => Markup(ladder, language, withStyle: true).ToString();

    /// <summary>The picture as a part of a page that has the styles, or with them.</summary>
    internal static MarkupText Markup(JoinedLadder ladder, Language language, bool withStyle)
    {
        var drawing = new JoinedSvgLadder(ladder, language);
        drawing.Draw(withStyle);
        return drawing._svg;
    }

    private void Draw(bool withStyle)
    {
        (string Text, string Style)[] foot = [.. _words.End(_ladder.Connection).Select(text => (text, "b")),
            .. _words.Notes(_ladder).Select(text => (text, "dim"))];
        int end = _y[^1], height = end + FootLine * foot.Length + 16;
        _svg.Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ladder slanted\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" ");
        _svg.Add($"height=\"{height}\" role=\"img\">\n");
        if (withStyle) _svg.AddMarkup("<style>").AddMarkup(SvgLadder.Style).AddMarkup("\n").AddMarkup(Style).AddMarkup("</style>\n");
        _svg.AddMarkup("<defs>");
        foreach (string letter in (ReadOnlySpan<string>)["c", "s", "b"])
            _svg.Add($"<marker id=\"to{letter}\" markerUnits=\"userSpaceOnUse\" markerWidth=\"10\" markerHeight=\"10\" refX=\"9\" ")
                .Add($"refY=\"5\" orient=\"auto\"><path class=\"h{letter}\" d=\"M0 0L10 5L0 10z\"/></marker>");
        _svg.AddMarkup("</defs>\n");
        Connection connection = (_ladder.Connection.AtClient ?? _ladder.Connection.AtServer)!;
        _svg.Add($"<text x=\"{Client - 8}\" y=\"20\" class=\"c b\">{_words.Common.Name(Side.Client)}</text>");
        _svg.Add($"<text x=\"{Client - 8}\" y=\"38\" class=\"c\">{connection.Client.ToString()}</text>\n");
        _svg.Add($"<text x=\"{Server + 8}\" y=\"20\" text-anchor=\"end\" class=\"s b\">{_words.Common.Name(Side.Server)}</text>");
        _svg.Add($"<text x=\"{Server + 8}\" y=\"38\" text-anchor=\"end\" class=\"s\">{connection.Server.ToString()}</text>\n");
        _svg.Add($"<text x=\"84\" y=\"38\" text-anchor=\"end\" class=\"dim\">{_clock.Unit}</text><text x=\"124\" y=\"38\" ");
        _svg.Add($"text-anchor=\"end\" class=\"dim\">#</text><text x=\"{Width - 4}\" y=\"38\" text-anchor=\"end\" ");
        _svg.Add($"class=\"dim\">#</text>\n");
        _svg.Add($"<path class=\"life\" d=\"M{Client} 46V{end}M{Server} 46V{end}\"/>\n");
        foreach (JoinedArrow arrow in _ladder.Arrows) Arrow(arrow);
        for (int row = 0; row < _ladder.Rows.Count; row++) Row(_ladder.Rows[row], _y[row]);
        for (int line = 0; line < foot.Length; line++)
            _svg.Add($"<text x=\"{Client - 8}\" y=\"{end + FootLine * (line + 1)}\" ")
                .Add($"class=\"{foot[line].Style}\">{foot[line].Text}</text>\n");
        _svg.AddMarkup("</svg>\n");
    }

    private void Arrow(JoinedArrow arrow)
    {
        JoinedSegment segment = arrow.Segment;
        (int start, int end, int across) = segment.From == Side.Client ? (Client, Server, Across) : (Server, Client, -Across);
        bool leaves = arrow.LeavesIn >= 0, arrives = arrow.ArrivesIn >= 0;
        (int X, int Y) from = leaves ? (start, _y[arrow.LeavesIn]) : (end - across, _y[arrow.ArrivesIn] - Fall);
        (int X, int Y) to = arrives ? (end, _y[arrow.ArrivesIn]) : (start + across, _y[arrow.LeavesIn] + Fall);

        JoinedRow row = _ladder.Rows[leaves ? arrow.LeavesIn : arrow.ArrivesIn];
        bool bad = JoinedWords.IsBad(row), again = LadderWords.IsSentAgain(row.Segment!.Value.Marks);
        string letter = bad ? "b" : segment.From == Side.Client ? "c" : "s";
        _svg.Add($"<path class=\"a{letter}{(again ? " dash" : "")}\" d=\"M{from.X} {from.Y}L{to.X} ");
        _svg.Add($"{to.Y}\"{(arrives ? new MarkupText().Add($" marker-end=\"url(#to{letter})\"") : "")}/>");
        if (segment.Fate == SegmentFate.Lost) _svg.Add($"<path class=\"x\" d=\"M{to.X - 6} {to.Y - 6}l12 12m0 -12l-12 12\"/>");
        if (segment.Fate == SegmentFate.Forged) _svg.Add($"<path class=\"hb\" d=\"M{from.X} {from.Y - 7}l7 7l-7 7l-7 -7z\"/>");
        if (segment.Fate == SegmentFate.Duplicated) _svg.Add($"<circle class=\"ab\" cx=\"{from.X}\" cy=\"{from.Y}\" r=\"5\"/>");

        // One label for what left once and arrived in parts.
        if (row.Arrows[0] != arrow) return;
        Label(leaves ? segment.From : segment.From.Other(), from, to, bad ? "bad" : "",
            TextWidth.Fit(string.Join(" · ", row.Findings.Count == 0 ? _words.Label(row)
            : [.. _words.Label(row), "◆ " + LadderWords.Found(row.Findings)]), MaxLabel));
        if (leaves && arrives && _ladder.Arrows.Count <= MostArrowsWithDelays) Label(
            segment.From.Other(), from, to, "dim", _words.Delay(segment));
    }

    // Along the line, beginning at one of its ends.
    private void Label(Side at, (int X, int Y) from, (int X, int Y) to, string style, string text)
    {
        const int distance = 16;
        double slope = (double)(to.Y - from.Y) / (to.X - from.X);
        (int x, string anchor) = at == Side.Client ? (Client + distance, "start") : (Server - distance, "end");
        double y = from.Y + (x - from.X) * slope;
        _svg.Add($"<text class=\"on {style}\" text-anchor=\"{anchor}\" transform=\"translate({x} {y}) ");
        _svg.Add($"rotate({Math.Atan(slope) * 180 / Math.PI})\" ");
        _svg.Add($"dy=\"-5\">{text.Replace("  ", "\u00a0\u00a0", StringComparison.Ordinal)}</text>\n");
    }

    private void Row(JoinedRow row, int y)
    {
        switch (row.Kind)
        {
            case JoinedRowKind.Message:
                (string title, string size, string text) = _words.Message(_ladder.Connection, row);
                (int x, string anchor, string letter) = row.End == Side.Client ? (Client + 12, "start", "c") : (Server - 12, "end", "s");
                _svg.Add($"<text x=\"{x}\" y=\"{y + 8}\" text-anchor=\"{anchor}\" class=\"on {letter} ");
                _svg.Add($"b\">{TextWidth.Fit($"{title} · {size}{(text.Length > 0 ? " · " + text : "")}", MaxLabel)}</text>\n");
                break;
            case JoinedRowKind.Pause:
                Centred(y, "pause", $"⋮ {_words.Common.Pause(row.PauseNs)} ⋮");
                break;
            case JoinedRowKind.Omitted:
                Centred(y, "dim", _words.Common.Omitted(row.Omitted));
                break;
            default:
                _svg.Add($"<text x=\"84\" y=\"{y + 4}\" text-anchor=\"end\" class=\"dim\">{_clock.Text(row.At)}</text>");
                _svg.Add($"<text x=\"{(row.End == Side.Client ? 124 : Width - 4)}\" y=\"{y + 4}\" text-anchor=\"end\" ");
                _svg.Add($"class=\"dim\">{row.Segment!.Value.Packet}</text>\n");
                break;
        }
    }

    private void Centred(int y, string style, string text) =>
        _svg.Add($"<text x=\"{Middle}\" y=\"{y}\" text-anchor=\"middle\" class=\"on {style}\">{text}</text>\n");
}
