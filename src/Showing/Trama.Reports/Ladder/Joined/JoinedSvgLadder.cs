using Trama.Reports.Ladder.Svg;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Ladder.Joined;

/// <summary>
/// Draws a joined ladder as an SVG picture: an arrow leaves a lifeline in one row and arrives at the other in a later one; one that was
/// lost ends on the way, one that was made up begins there. Arrows slant in the middle alone, where no label stands, and every label stands
/// on the level part of its arrow, so that nothing is struck through.
/// </summary>
public sealed class JoinedSvgLadder
{
    private const int Between = 820;
    private const int Head = 62;
    private const int RowHeight = 25;
    private const int LineHeight = 14;
    private const int FootLine = 20;
    private const int Margin = 8;
    private const int MaxLabel = 88;
    private const int MostArrowsWithDelays = 60;

    // How much of the way at either end is level, and how far a label stands from its lifeline.
    private const int Level = 340;
    private const int Distance = 16;

    // How far an arrow that ends, or begins, on the way goes down.
    private const int Fall = 14;

    internal const string Style = """
        .slanted .x{stroke:#cf222e;stroke-width:2.5;fill:none}
        @media(prefers-color-scheme:dark){.slanted .x{stroke:#ff7b72}}
        """;

    private readonly JoinedLadder _ladder;
    private readonly JoinedWords _words;
    private readonly LadderClock _clock;
    private readonly LadderColumns _at;
    private readonly MarkupText _svg = new();
    private readonly bool[] _isCrossed;
    private readonly int[] _y;

    private JoinedSvgLadder(JoinedLadder ladder, Language language)
    {
        (_ladder, _words) = (ladder, new JoinedWords(language, ascii: false));
        _clock = new LadderClock(ladder.StartedAt, ladder.Span.Last, language);
        _at = new LadderColumns(_clock, ladder.Rows.Select(row => row.Segment?.Packet ?? 0).DefaultIfEmpty().Max(), Between);
        _isCrossed = Crossed(ladder);
        _y = new int[ladder.Rows.Count + 1];
        int y = Head;
        for (int row = 0; row < ladder.Rows.Count; row++)
        {
            IReadOnlyList<JoinedArrow> arrows = ladder.Rows[row].Arrows;
            // An arrow that begins on the way begins above this row, with room for its label; one that ends there ends below.
            if (arrows.Any(arrow => arrow.LeavesIn < 0)) y += 2 * Fall;
            _y[row] = y += RowHeight;
            if (arrows.Any(arrow => arrow.ArrivesIn < 0)) y += Fall;
            if (arrows.Count > 0 && Labels(row) is [_, { Length: > 0 }]) y += LineHeight;
        }

        _y[^1] = y + RowHeight;
    }

    /// <summary>The picture as a file of its own.</summary>
    public static string Draw(JoinedLadder ladder, Language language)
    {
        var drawing = new JoinedSvgLadder(ladder, language);
        drawing.Draw();
        return drawing._svg.ToString();
    }

    // In which rows arrows are on their way that left before and arrive later.
    private static bool[] Crossed(JoinedLadder ladder)
    {
        int[] change = new int[ladder.Rows.Count + 1];
        foreach (JoinedArrow arrow in ladder.Arrows.Where(arrow => arrow.LeavesIn >= 0 && arrow.ArrivesIn > arrow.LeavesIn))
        {
            change[arrow.LeavesIn + 1]++;
            change[arrow.ArrivesIn]--;
        }

        int under = 0;
        return [.. change.Select(by => (under += by) > 0)];
    }

    private void Draw()
    {
        int width = _at.FarNumber + Margin, left = _at.Client - Margin, right = _at.Server + Margin, room = width - left - Margin;
        (string Text, string Style)[] foot = [.. Foot(room)];
        int end = _y[^1], height = end + FootLine * foot.Length + 16;
        _svg.Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ladder slanted\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" ");
        _svg.Add($"height=\"{height}\" role=\"img\">\n");
        _svg.AddMarkup("<style>").AddMarkup(SvgLadder.Style).AddMarkup("\n").AddMarkup(Style).AddMarkup("</style>\n");
        _svg.AddMarkup("<defs>");
        foreach (string letter in (ReadOnlySpan<string>)["c", "s", "b"])
            _svg.Add($"<marker id=\"to{letter}\" markerUnits=\"userSpaceOnUse\" markerWidth=\"10\" markerHeight=\"10\" refX=\"9\" ")
                .Add($"refY=\"5\" orient=\"auto\"><path class=\"h{letter}\" d=\"M0 0L10 5L0 10z\"/></marker>");
        _svg.AddMarkup("</defs>\n");
        Connection connection = (_ladder.Connection.AtClient ?? _ladder.Connection.AtServer)!;
        _svg.Add($"<text x=\"{left}\" y=\"20\" class=\"c b\">{_ladder.Name(Side.Client, _words.Common)}</text>");
        _svg.Add($"<text x=\"{left}\" y=\"38\" class=\"c\">{connection.Client.ToString()}</text>\n");
        _svg.Add($"<text x=\"{right}\" y=\"20\" text-anchor=\"end\" class=\"s b\">{_ladder.Name(Side.Server, _words.Common)}</text>");
        _svg.Add($"<text x=\"{right}\" y=\"38\" text-anchor=\"end\" class=\"s\">{connection.Server.ToString()}</text>\n");
        RightText(_at.Time, 38, "dim", _clock.Unit);
        RightText(_at.Number, 38, "dim", "#");
        RightText(_at.FarNumber, 38, "dim", "#");
        _svg.Add($"<path class=\"life\" d=\"M{_at.Client} 46V{end}M{_at.Server} 46V{end}\"/>\n");
        foreach (JoinedArrow arrow in _ladder.Arrows) Arrow(arrow);
        for (int row = 0; row < _ladder.Rows.Count; row++) Row(_ladder.Rows[row], row);
        for (int line = 0; line < foot.Length; line++)
            _svg.Add($"<text x=\"{left}\" y=\"{end + FootLine * (line + 1)}\" class=\"{foot[line].Style}\">{foot[line].Text}</text>\n");
        _svg.AddMarkup("</svg>\n");
    }

    private IEnumerable<(string Text, string Style)> Foot(int room) =>
        _words.End(_ladder.Connection).Select(text => (text, Style: "b")).Concat(_words.Notes(_ladder).Select(text => (text, Style: "dim")))
            .SelectMany(part => Paragraph.Lines(part.text, LadderColumns.Characters(room)), (part, line) => (line, part.Style));

    private void Arrow(JoinedArrow arrow)
    {
        JoinedSegment segment = arrow.Segment;
        bool isClient = segment.From == Side.Client;
        (int start, int end) = isClient ? (_at.Client, _at.Server) : (_at.Server, _at.Client);
        (int turn, int onward) = isClient ? (start + Level, end - Level) : (start - Level, end + Level);
        JoinedRow row = _ladder.Rows[arrow.LeavesIn >= 0 ? arrow.LeavesIn : arrow.ArrivesIn];
        bool isBad = JoinedWords.IsBad(row), again = LadderWords.IsSentAgain(row.Segment!.Value.Marks);
        string letter = isBad ? "b" : isClient ? "c" : "s", style = $"a{letter}{(again ? " dash" : "")}";
        if (arrow.ArrivesIn < 0)
        {
            int y = _y[arrow.LeavesIn];
            _svg.Add($"<path class=\"{style}\" d=\"M{start} {y}H{turn}L{_at.Middle} {y + Fall}\"/>");
            if (segment.Fate == SegmentFate.Lost)
                _svg.Add($"<path class=\"x\" d=\"M{_at.Middle - 6} {y + Fall - 6}l12 12m0 -12l-12 12\"/>");
            return;
        }

        int arrives = _y[arrow.ArrivesIn];
        if (arrow.LeavesIn >= 0) _svg.Add($"<path class=\"{style}\" d=\"M{start} {_y[arrow.LeavesIn]}H{turn}L{onward} {arrives}H{end}\" ");
        else _svg.Add($"<path class=\"{style}\" d=\"M{_at.Middle} {arrives - Fall}L{onward} {arrives}H{end}\" ");
        _svg.Add($"marker-end=\"url(#to{letter})\"/>");
        (int x, int top) = (_at.Middle, arrives - Fall);
        if (segment.Fate == SegmentFate.Forged) _svg.Add($"<path class=\"hb\" d=\"M{x} {top - 7}l7 7l-7 7l-7 -7z\"/>");
        if (segment.Fate == SegmentFate.Duplicated) _svg.Add($"<circle class=\"ab\" cx=\"{x}\" cy=\"{top}\" r=\"5\"/>");
    }

    // What is said above an arrow's beginning, or its end if it has no other, and what below that because it does not fit.
    private string[] Labels(int number)
    {
        JoinedRow row = _ladder.Rows[number];
        if (row.Kind == JoinedRowKind.Arrives && row.Arrows[0].LeavesIn >= 0)
            return _ladder.Arrows.Count <= MostArrowsWithDelays ? [_words.Delay(row.Arrows[0].Segment)] : [];
        string[] parts = _words.Label(row);
        if (row.Findings.Count > 0) parts = [.. parts, "◆ " + LadderWords.Found(row.Findings)];
        string whole = string.Join(" · ", parts);
        bool isFree = !_isCrossed[number] && row.Kind == JoinedRowKind.Leaves;
        int beside = LadderColumns.Characters(Level - Distance), room = isFree ? MaxLabel : beside;
        if (TextWidth.Of(whole) <= room) return [whole];
        return [TextWidth.Fit(parts[0], room), TextWidth.Fit(string.Join(" · ", parts[1..]), beside)];
    }

    private void Row(JoinedRow row, int number)
    {
        int y = _y[number];
        switch (row.Kind)
        {
            case JoinedRowKind.Message:
                (string title, string size, string text) = _words.Message(_ladder.Connection, row);
                int room = _isCrossed[number] ? LadderColumns.Characters(Level - Distance) : MaxLabel;
                Beside(row.End, y + 6, (row.End == Side.Client ? "c" : "s") + " b",
                    TextWidth.Fit($"{title} · {size}{(text.Length > 0 ? " · " + text : "")}", room));
                break;
            case JoinedRowKind.Pause:
                Note(number, "pause", $"⋮ {_words.Common.Pause(row.PauseNs)} ⋮");
                break;
            case JoinedRowKind.Omitted:
                Note(number, "dim", _words.Common.Omitted(row.Omitted));
                break;
            default:
                RightText(_at.Time, y + 4, "dim", _clock.Text(row.At));
                RightText(row.End == Side.Client ? _at.Number : _at.FarNumber, y + 4, "dim",
                    row.Segment!.Value.Packet.ToString(System.Globalization.CultureInfo.InvariantCulture));
                string[] labels = Labels(number);
                bool isDelay = row.Kind == JoinedRowKind.Arrives && row.Arrows[0].LeavesIn >= 0;
                string style = isDelay ? "dim" : JoinedWords.IsBad(row) ? "bad" : "";
                if (labels.Length > 0) Beside(row.End, y - 5, style, labels[0]);
                if (labels.Length > 1) Beside(row.End, y + LineHeight, style, labels[1]);
                break;
        }
    }

    // Beside a lifeline, over the level part of arrows.
    private void Beside(Side side, int y, string style, string text)
    {
        (int x, string anchor) = side == Side.Client ? (_at.Client + Distance, "start") : (_at.Server - Distance, "end");
        _svg.Add($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" ");
        _svg.Add($"class=\"{style}\">{text.Replace("  ", "\u00a0\u00a0", StringComparison.Ordinal)}</text>\n");
    }

    // In the middle, unless arrows pass there.
    private void Note(int number, string style, string text)
    {
        if (_isCrossed[number]) Beside(Side.Client, _y[number], style, text);
        else _svg.Add($"<text x=\"{_at.Middle}\" y=\"{_y[number]}\" text-anchor=\"middle\" class=\"{style}\">{text}</text>\n");
    }

    private void RightText(int x, int y, string style, string text) =>
        _svg.Add($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"end\" class=\"{style}\">{text}</text>\n");
}
