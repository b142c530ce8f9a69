using Trama.Packets.Transport;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Ladder.Svg;

/// <summary>Draws a ladder as an SVG picture that needs nothing but itself; it follows the reader's light or dark colours.</summary>
public sealed class SvgLadder
{
    private const int Between = 730;
    private const int Margin = 40;
    private const int Head = 62;
    private const int RowHeight = 26;
    private const int MessageHeight = 34;
    private const int MaxLabel = 88;

    /// <summary>The rules of the classes used in the picture.</summary>
    internal const string Style = """
        .ladder{font:13px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;fill:#24292f;background:#fff}
        .ladder .life{stroke:#8c959f;stroke-width:1.5}.ladder .dim{fill:#6e7781}.ladder .c{fill:#0969a2}.ladder .s{fill:#9a5b00}
        .ladder .b{font-weight:bold}.ladder .bad{fill:#cf222e}.ladder .ac{stroke:#0969a2;fill:none;stroke-width:1.3}
        .ladder .as{stroke:#9a5b00;fill:none;stroke-width:1.3}.ladder .ab{stroke:#cf222e;fill:none;stroke-width:1.3}
        .ladder .thick{stroke-width:5}.ladder .dash{stroke-dasharray:5 4}.ladder .hc{fill:#0969a2}.ladder .hs{fill:#9a5b00}
        .ladder .hb{fill:#cf222e}
        .ladder .pause{fill:#8250df}
        @media(prefers-color-scheme:dark){.ladder{fill:#d0d7de;background:#0d1117}.ladder .dim{fill:#8b949e}
        .ladder .c,.ladder .hc{fill:#58a6ff}
        .ladder .s,.ladder .hs{fill:#e3b341}.ladder .ac{stroke:#58a6ff}.ladder .as{stroke:#e3b341}.ladder .bad,.ladder .hb{fill:#ff7b72}
        .ladder .ab{stroke:#ff7b72}.ladder .pause{fill:#bc8cff}}
        """;

    private readonly ConnectionLadder _ladder;
    private readonly Language _language;
    private readonly LadderWords _words;
    private readonly LadderClock _clock;
    private readonly LadderColumns _at;
    private readonly MarkupText _svg = new();

    private SvgLadder(ConnectionLadder ladder, Language language)
    {
        (_ladder, _language, _words, _clock) = (ladder, language, new LadderWords(language), new LadderClock(ladder, language));
        _at = new LadderColumns(_clock, ladder.Segments.Select(segment => segment.Packet).DefaultIfEmpty().Max(), Between);
    }

    /// <summary>The picture as a file of its own.</summary>
    public static string Draw(ConnectionLadder ladder, Language language)
    {
        var drawing = new SvgLadder(ladder, language);
        drawing.Draw();
        return drawing._svg.ToString();
    }

    private void Draw()
    {
        int height = Head + _ladder.Rows.Sum(Height) + (_ladder.Part is null ? 0 : RowHeight) + 16, width = _at.Server + Margin;
        _svg.Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ladder\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" ");
        _svg.Add($"height=\"{height}\" role=\"img\">\n");
        _svg.AddMarkup("<style>").AddMarkup(Style).AddMarkup("</style>\n");
        string client = _ladder.Name(Side.Client, _words.Name(Side.Client)), server = _ladder.Name(Side.Server, _words.Name(Side.Server));
        _svg.Add($"<text x=\"{_at.Client - 8}\" y=\"20\" class=\"c b\">{client}</text>");
        _svg.Add($"<text x=\"{_at.Client - 8}\" y=\"38\" class=\"c\">{_ladder.Client.ToString()}</text>\n");
        _svg.Add($"<text x=\"{_at.Server + 8}\" y=\"20\" text-anchor=\"end\" class=\"s b\">{server}</text>");
        _svg.Add($"<text x=\"{_at.Server + 8}\" y=\"38\" text-anchor=\"end\" class=\"s\">{_ladder.Server.ToString()}</text>\n");
        _svg.Add($"<text x=\"{_at.Time}\" y=\"38\" text-anchor=\"end\" class=\"dim\">{_clock.Unit}</text>");
        _svg.Add($"<text x=\"{_at.Number}\" y=\"38\" text-anchor=\"end\" class=\"dim\">#</text>\n");
        int end = height - 16 - RowHeight * (_ladder.Part is null ? 1 : 2);
        _svg.Add($"<path class=\"life\" d=\"M{_at.Client} 46V{end}M{_at.Server} 46V{end}\"/>\n");

        int y = Head;
        foreach (LadderRow row in _ladder.Rows)
        {
            y += Height(row);
            Brackets(row, y);
            Row(row, y);
        }

        if (_ladder.Part is { } part)
            _svg.Add($"<text x=\"{_at.Client - 8}\" y=\"{y + RowHeight}\" class=\"dim\">{part.Words(_language)}</text>\n");
        _svg.AddMarkup("</svg>\n");
    }

    private static int Height(LadderRow row) => row.Kind == LadderRowKind.Message ? MessageHeight : RowHeight;

    private void Row(LadderRow row, int y)
    {
        switch (row.Kind)
        {
            case LadderRowKind.Segment:
                Segment(row, row.Segment!.Value, y);
                break;
            case LadderRowKind.Message:
                (string title, string size, string text) = _words.Message(row.Exchange!, row.Message!);
                string letter = row.From == Side.Client ? "c" : "s";
                Arrow(row.From, y, "a" + letter + " thick", "h" + letter, thick: true);
                Label(row.From, y - 7, letter + " b", TextWidth.Fit($"{title} · {size}{(text.Length > 0 ? " · " + text : "")}",
                    MaxLabel));
                break;
            case LadderRowKind.Pause:
                _svg.Add($"<text x=\"{_at.Middle}\" y=\"{y}\" text-anchor=\"middle\" class=\"pause\">⋮ ");
                _svg.Add($"{_words.Pause(row.DeltaNs ?? 0)} ⋮</text>\n");
                break;
            case LadderRowKind.Unseen:
                Arrow(row.From, y, "ab dash", "hb", thick: false);
                Label(row.From, y - 5, "bad", _words.Unseen);
                break;
            case LadderRowKind.Omitted:
                _svg.Add($"<text x=\"{_at.Middle}\" y=\"{y}\" text-anchor=\"middle\" ");
                _svg.Add($"class=\"dim\">{_words.Omitted(row.Omitted)}</text>\n");
                break;
            default:
                _svg.Add($"<text x=\"{_at.Client - 8}\" y=\"{y}\" class=\"b\">{_words.End(_ladder.Connection!)}</text>\n");
                break;
        }
    }

    private void Segment(LadderRow row, in TracedSegment segment, int y)
    {
        _svg.Add($"<text x=\"{_at.Time}\" y=\"{y + 4}\" text-anchor=\"end\" class=\"dim\">{_clock.Text(row.At)}</text>");
        _svg.Add($"<text x=\"{_at.Number}\" y=\"{y + 4}\" text-anchor=\"end\" class=\"dim\">{segment.Packet}</text>");
        bool again = LadderWords.IsSentAgain(segment.Marks);
        bool bad = again || (segment.Marks & (SegmentMarks.OutOfOrder | SegmentMarks.ZeroWindow)) != 0
            || (segment.Flags & TcpFlags.Rst) != 0;
        string letter = bad ? "b" : row.From == Side.Client ? "c" : "s";
        Arrow(row.From, y, "a" + letter + (again ? " dash" : ""), "h" + letter, thick: false);
        string[] parts = [_words.Segment(segment), _words.Marks(segment.Marks), _words.Closing(segment, row.Findings), Found(row)];
        string label = string.Join(" · ", parts.Where(part => part.Length > 0));
        Label(row.From, y - 5, bad ? "bad" : "", TextWidth.Fit(label, MaxLabel));
    }

    private static string Found(LadderRow row) => row.Findings.Count == 0 ? "" : "◆ " + LadderWords.Found(row.Findings);

    private void Arrow(Side from, int y, string line, string head, bool thick)
    {
        (int start, int end, int back) = from == Side.Client ? (_at.Client, _at.Server, -1) : (_at.Server, _at.Client, 1);
        int size = thick ? 12 : 8;
        _svg.Add($"<path class=\"{line}\" d=\"M{start} {y}H{end + back * size}\"/>");
        _svg.Add($"<path class=\"{head}\" d=\"M{end} {y}l{back * size} {-size / 2 - 1}v{size + 2}z\"/>");
    }

    private void Label(Side from, int y, string style, string text)
    {
        (int x, string anchor) = from == Side.Client ? (_at.Client + 16, "start") : (_at.Server - 16, "end");
        _svg.Add($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" ");
        _svg.Add($"class=\"{style}\">{text.Replace("  ", "\u00a0\u00a0", StringComparison.Ordinal)}</text>\n");
    }

    // The bracket from a message to its segments: a thick lifeline between their rows.
    private void Brackets(LadderRow row, int y)
    {
        foreach (Side side in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            if ((row.Join(side) & LifelineJoin.Above) == 0) continue;
            int x = side == Side.Client ? _at.Client : _at.Server;
            _svg.Add($"<path class=\"{(side == Side.Client ? "ac" : "as")} thick\" d=\"M{x} {y - Height(row)}V{y}\"/>");
        }
    }
}
