using Trama.Packets.Transport;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Ladder.Svg;

/// <summary>Draws a ladder as an SVG picture that needs nothing but itself; it follows the reader's light or dark colours.</summary>
public static class SvgLadder
{
    private const int Width = 920;
    private const int Client = 150;
    private const int Server = 880;
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

    /// <summary>The picture as a file of its own.</summary>
    public static string Draw(ConnectionLadder ladder, Language language) => Markup(ladder, language, withStyle: true).ToString();

    /// <summary>The picture as a part of a page that has the <see cref="Style"/>, or with it.</summary>
    internal static MarkupText Markup(ConnectionLadder ladder, Language language, bool withStyle)
    {
        var words = new LadderWords(language);
        var clock = new LadderClock(ladder, language);
        int height = Head + ladder.Rows.Sum(Height) + (ladder.Part is null ? 0 : RowHeight) + 16;
        var svg = new MarkupText();
        svg.Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ladder\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" ");
        svg.Add($"height=\"{height}\" role=\"img\">\n");
        if (withStyle) svg.AddMarkup("<style>").AddMarkup(Style).AddMarkup("</style>\n");
        svg.Add($"<text x=\"{Client - 8}\" y=\"20\" class=\"c b\">{words.Name(Side.Client)}</text>");
        svg.Add($"<text x=\"{Client - 8}\" y=\"38\" class=\"c\">{ladder.Client.ToString()}</text>\n");
        svg.Add($"<text x=\"{Server + 8}\" y=\"20\" text-anchor=\"end\" class=\"s b\">{words.Name(Side.Server)}</text>");
        svg.Add($"<text x=\"{Server + 8}\" y=\"38\" text-anchor=\"end\" class=\"s\">{ladder.Server.ToString()}</text>\n");
        svg.Add($"<text x=\"84\" y=\"38\" text-anchor=\"end\" class=\"dim\">{clock.Unit}</text>");
        svg.Add($"<text x=\"124\" y=\"38\" text-anchor=\"end\" class=\"dim\">#</text>\n");
        int end = height - 16 - RowHeight * (ladder.Part is null ? 1 : 2);
        svg.Add($"<path class=\"life\" d=\"M{Client} 46V{end}M{Server} 46V{end}\"/>\n");

        int y = Head;
        foreach (LadderRow row in ladder.Rows)
        {
            y += Height(row);
            Brackets(svg, row, y);
            Row(svg, row, y, words, clock, ladder.Connection!);
        }

        if (ladder.Part is { } part)
            svg.Add($"<text x=\"{Client - 8}\" y=\"{y + RowHeight}\" class=\"dim\">{part.Words(language)}</text>\n");
        return svg.AddMarkup("</svg>\n");
    }

    private static int Height(LadderRow row) => row.Kind == LadderRowKind.Message ? MessageHeight : RowHeight;

    private static void Row(MarkupText svg, LadderRow row, int y, LadderWords words, LadderClock clock, Connection connection)
    {
        switch (row.Kind)
        {
            case LadderRowKind.Segment:
                Segment(svg, row, row.Segment!.Value, y, words, clock);
                break;
            case LadderRowKind.Message:
                (string title, string size, string text) = words.Message(row.Exchange!, row.Message!);
                string letter = row.From == Side.Client ? "c" : "s";
                Arrow(svg, row.From, y, "a" + letter + " thick", "h" + letter, thick: true);
                Label(svg, row.From, y - 7, letter + " b", TextWidth.Fit($"{title} · {size}{(text.Length > 0 ? " · " + text : "")}",
                    MaxLabel));
                break;
            case LadderRowKind.Pause:
                svg.Add($"<text x=\"{(Client + Server) / 2}\" y=\"{y}\" text-anchor=\"middle\" class=\"pause\">⋮ ");
                svg.Add($"{words.Pause(row.DeltaNs ?? 0)} ⋮</text>\n");
                break;
            case LadderRowKind.Unseen:
                Arrow(svg, row.From, y, "ab dash", "hb", thick: false);
                Label(svg, row.From, y - 5, "bad", words.Unseen);
                break;
            case LadderRowKind.Omitted:
                svg.Add($"<text x=\"{(Client + Server) / 2}\" y=\"{y}\" text-anchor=\"middle\" ");
                svg.Add($"class=\"dim\">{words.Omitted(row.Omitted)}</text>\n");
                break;
            default:
                svg.Add($"<text x=\"{Client - 8}\" y=\"{y}\" class=\"b\">{words.End(connection)}</text>\n");
                break;
        }
    }

    private static void Segment(MarkupText svg, LadderRow row, in TracedSegment segment, int y, LadderWords words, LadderClock clock)
    {
        svg.Add($"<text x=\"84\" y=\"{y + 4}\" text-anchor=\"end\" class=\"dim\">{clock.Text(row.At)}</text>");
        svg.Add($"<text x=\"124\" y=\"{y + 4}\" text-anchor=\"end\" class=\"dim\">{segment.Packet}</text>");
        bool again = LadderWords.IsSentAgain(segment.Marks);
        bool bad = again || (segment.Marks & (SegmentMarks.OutOfOrder | SegmentMarks.ZeroWindow)) != 0
            || (segment.Flags & TcpFlags.Rst) != 0;
        string letter = bad ? "b" : row.From == Side.Client ? "c" : "s";
        Arrow(svg, row.From, y, "a" + letter + (again ? " dash" : ""), "h" + letter, thick: false);
        string label = string.Join(" · ", new[] { words.Segment(segment), words.Marks(segment.Marks), words.Closing(segment, row.Findings),
            Found(row) }.Where(part => part.Length > 0));
        Label(svg, row.From, y - 5, bad ? "bad" : "", TextWidth.Fit(label, MaxLabel));
    }

    private static string Found(LadderRow row) => row.Findings.Count == 0 ? "" : "◆ " + LadderWords.Found(row.Findings);

    private static void Arrow(MarkupText svg, Side from, int y, string line, string head, bool thick)
    {
        (int start, int end, int back) = from == Side.Client ? (Client, Server, -1) : (Server, Client, 1);
        int size = thick ? 12 : 8;
        svg.Add($"<path class=\"{line}\" d=\"M{start} {y}H{end + back * size}\"/>");
        svg.Add($"<path class=\"{head}\" d=\"M{end} {y}l{back * size} {-size / 2 - 1}v{size + 2}z\"/>");
    }

    private static void Label(MarkupText svg, Side from, int y, string style, string text)
    {
        (int x, string anchor) = from == Side.Client ? (Client + 16, "start") : (Server - 16, "end");
        svg.Add($"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" ");
        svg.Add($"class=\"{style}\">{text.Replace("  ", "\u00a0\u00a0", StringComparison.Ordinal)}</text>\n");
    }

    // The bracket from a message to its segments: a thick lifeline between their rows.
    private static void Brackets(MarkupText svg, LadderRow row, int y)
    {
        foreach (Side side in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            if ((row.Join(side) & LifelineJoin.Above) == 0) continue;
            int x = side == Side.Client ? Client : Server;
            svg.Add($"<path class=\"{(side == Side.Client ? "ac" : "as")} thick\" d=\"M{x} {y - Height(row)}V{y}\"/>");
        }
    }
}
