using System.Globalization;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Ladder.Joined;

/// <summary>
/// Draws a joined ladder as text: every arrow leaves one lifeline in one row and arrives at the other in a later one. At the
/// left are the times and the packet numbers of the client's capture, at the right those of the server's.
/// </summary>
public sealed class JoinedTextLadder
{
    private const int NarrowestWidth = 60;
    private const int WidestWidth = 120;

    private readonly JoinedLadder _ladder;
    private readonly JoinedWords _words;
    private readonly ArrowGlyphs _glyphs;
    private readonly StyledText _text;
    private readonly TextOptions _options;
    private readonly LadderClock _clock;
    private readonly Lanes _lanes;
    private readonly int _numberWidth;
    private readonly int _room;

    private JoinedTextLadder(JoinedLadder ladder, TextOptions options)
    {
        (_ladder, _options) = (ladder, options);
        _words = new JoinedWords(options.Language, options.Ascii);
        _glyphs = options.Ascii ? ArrowGlyphs.Ascii : ArrowGlyphs.Unicode;
        _text = new StyledText(options.Colour);
        _clock = new LadderClock(ladder.StartedAt, ladder.Span.Last, options.Language);
        long lastPacket = ladder.Rows.Max(row => row.Segment?.Packet) ?? 0;
        _numberWidth = Math.Max(2, lastPacket.ToString(CultureInfo.InvariantCulture).Length);
        int width = Math.Clamp(options.Width, NarrowestWidth, WidestWidth);
        _room = width - _clock.Width - 2 * (_numberWidth + 1) - 2 - 2;
        _lanes = new Lanes(_room);
    }

    private int Right => _room + 1;

    /// <summary>The text of a ladder, each line ended by LF.</summary>
    public static string Draw(JoinedLadder ladder, TextOptions options)
    {
        var drawing = new JoinedTextLadder(ladder, options);
        drawing.Head();
        for (int row = 0; row < ladder.Rows.Count; row++) drawing.Row(ladder.Rows[row], row);
        if (!ladder.IsExcerpt) drawing.Foot();
        return drawing._text.ToString();
    }

    private void Head()
    {
        Connection client = (_ladder.Connection.AtClient ?? _ladder.Connection.AtServer)!;
        var names = new TextCells(Right + 1);
        Both(names, Name(Side.Client), Name(Side.Server), TextStyle.ClientBold, TextStyle.ServerBold);
        Line("", "", names, "");
        var endpoints = new TextCells(Right + 1);
        string from = client.Client.ToString(), to = client.Server.ToString();
        if (from.Length + to.Length + 2 > Right + 1)
        {
            endpoints.Write(0, from, TextStyle.Client);
            Line("", "", endpoints, "");
            endpoints = new TextCells(Right + 1);
            from = "";
        }

        Both(endpoints, from, to, TextStyle.Client, TextStyle.Server);
        Line(_clock.Unit, "#", endpoints, "#");
        Line("", "", Lifelines(), "");
    }

    private void Foot()
    {
        Line("", "", Lifelines(), "");
        foreach (string end in _words.End(_ladder.Connection)) Indented(end, TextStyle.Bold);
        foreach (string note in _words.Notes(_ladder)) Indented(note, TextStyle.Dim);
    }

    private void Row(JoinedRow row, int number)
    {
        TextCells cells = Lifelines(row.Kind == JoinedRowKind.Pause ? _glyphs.Pause : _glyphs.Vertical);
        foreach ((Side from, int column) in _lanes.Taken()) cells.Set(column, _glyphs.Vertical, Style(from, isBad: false));
        switch (row.Kind)
        {
            case JoinedRowKind.Leaves:
                Leave(cells, row);
                break;
            case JoinedRowKind.Arrives:
                Arrive(cells, row, number);
                break;
            case JoinedRowKind.Message:
                (string title, string size, string text) = _words.Message(_ladder.Connection, row);
                string label = text.Length > 0 ? Fit(_room - 3, title, size, text) : Fit(_room - 3, title, size);
                TextStyle bold = row.End == Side.Client ? TextStyle.ClientBold : TextStyle.ServerBold;
                cells.Set(row.End == Side.Client ? 0 : Right, _glyphs.Bracket, bold);
                cells.Write(row.End == Side.Client ? 2 : Right - 1 - TextWidth.Of(label), label, bold);
                break;
            case JoinedRowKind.Pause:
                Centre(cells, _words.Common.Pause(row.PauseNs), TextStyle.Warning);
                break;
            default:
                Centre(cells, _words.Common.Omitted(row.Omitted), TextStyle.Dim);
                break;
        }

        bool isEvent = row.Segment is not null;
        string packet = row.Segment?.Packet.ToString(CultureInfo.InvariantCulture) ?? "";
        Line(isEvent ? _clock.Text(row.At) : "", row.End == Side.Client ? packet : "", cells, row.End == Side.Server ? packet : "",
            row.Findings.Count > 0);
    }

    private void Leave(TextCells cells, JoinedRow row)
    {
        Side from = row.End;
        JoinedSegment segment = row.Arrows[0].Segment;
        bool arrives = row.Arrows.Any(arrow => arrow.Segment.Arrived >= 0);
        TextStyle style = Style(from, JoinedWords.IsBad(row));
        int? lane = arrives ? _lanes.Take(from, row) : null;
        int labelRoom = lane is { } turn ? Math.Abs(turn - (from == Side.Client ? 0 : Right)) - 5 : arrives ? _lanes.LabelRoom : _room - 8;
        string label = Fit(labelRoom, _words.Label(row));
        // What has no lane, or never arrives, ends in the middle.
        int end = lane ?? At(from, Math.Max(TextWidth.Of(label) + 5, _room / 2));
        Horizontal(cells, from == Side.Client ? 1 : end, from == Side.Client ? end : _room, style);
        cells.Set(from == Side.Client ? 0 : Right, _glyphs.Start[(int)from], style);
        cells.Set(end, lane is not null ? _glyphs.Down[(int)from] : segment.Fate == SegmentFate.Lost ? _glyphs.Lost : arrives
            ? _glyphs.Cut : _glyphs.Unknown, style);
        WriteLabel(cells, from, 2, label, style);
    }

    private void Arrive(TextCells cells, JoinedRow row, int number)
    {
        Side to = row.End, from = to.Other();
        JoinedSegment segment = row.Arrows[0].Segment;
        TextStyle style = Style(from, JoinedWords.IsBad(row));
        JoinedRow[] departures = [.. row.Arrows.Where(arrow => arrow.LeavesIn >= 0).Select(arrow => _ladder.Rows[arrow.LeavesIn])
            .Distinct()];
        int[] lanes = [.. departures.Select(departure => _lanes.Of(from, departure)).OfType<int>()
            .OrderBy(lane => from == Side.Client ? lane : -lane)];
        bool isOwn = departures.Length == 0;
        string label = isOwn ? Fit(_room - 12, _words.Label(row)) : _words.Delay(segment);
        int start = lanes.Length > 0 ? lanes[0] : At(to, isOwn ? TextWidth.Of(label) + 8 : _room / 4);

        Horizontal(cells, from == Side.Client ? start : 1, from == Side.Client ? _room : start, style);
        foreach (int lane in lanes) cells.Set(lane, _glyphs.Join, style);
        bool goesOn = departures is [var departure] && departure.Arrows.Any(arrow => arrow.ArrivesIn > number);
        cells.Set(start, lanes.Length == 0 ? Beginning(segment) : goesOn ? _glyphs.Branch[(int)from] : _glyphs.Onward[(int)from], style);
        cells.Set(to == Side.Server ? _room : 1, _glyphs.Head[(int)from], style);
        int between = Math.Abs((to == Side.Server ? Right : 0) - start) - 1;
        if (TextWidth.Of(label) + 5 <= between) WriteLabel(cells, to, 3, label, isOwn ? style : TextStyle.Dim);
        if (goesOn) return;
        foreach (JoinedRow left in departures) _lanes.Release(from, left);
    }

    private string Beginning(in JoinedSegment segment) => segment.Fate switch
    {
        SegmentFate.Forged => _glyphs.Forged,
        SegmentFate.Duplicated => _glyphs.Copy,
        SegmentFate.Unwatched => _glyphs.Unknown,
        _ => _glyphs.Cut,
    };

    private static TextStyle Style(Side from, bool isBad) => isBad ? TextStyle.Error : from == Side.Client
        ? TextStyle.Client : TextStyle.Server;

    private int At(Side end, int distance) => end == Side.Client ? distance : Right - distance;

    private void WriteLabel(TextCells cells, Side end, int distance, string label, TextStyle style)
    {
        if (label.Length == 0) return;
        string spaced = $" {label} ";
        cells.Write(end == Side.Client ? distance : Right + 1 - distance - TextWidth.Of(spaced), spaced, style);
    }

    private void Horizontal(TextCells cells, int from, int to, TextStyle style)
    {
        for (int column = from; column <= to; column++)
            cells.Set(column, cells[column] == _glyphs.Vertical ? _glyphs.Crossing : _glyphs.Horizontal, style);
    }

    private TextCells Lifelines(string? glyph = null)
    {
        var cells = new TextCells(Right + 1);
        cells.Set(0, glyph ?? _glyphs.Vertical, TextStyle.Dim);
        cells.Set(Right, glyph ?? _glyphs.Vertical, TextStyle.Dim);
        return cells;
    }

    private void Both(TextCells cells, string left, string right, TextStyle leftStyle, TextStyle rightStyle)
    {
        cells.Write(0, left, leftStyle);
        cells.Write(Right + 1 - TextWidth.Of(right), right, rightStyle);
    }

    private string Name(Side side) => TextWidth.Fit(_ladder.Name(side, _words.Common), Right / 2, _glyphs.Ellipsis);

    private void Centre(TextCells cells, string text, TextStyle style) =>
        cells.Write((Right + 1 - TextWidth.Of(text)) / 2, text, style);

    private string Fit(int columns, params string[] parts) =>
        TextWidth.Fit(string.Join(_glyphs.Dot, parts), columns, _glyphs.Ellipsis);

    // A packet that proves something has a mark between its number and the lifeline.
    private void Line(string time, string clientPacket, TextCells cells, string serverPacket, bool found = false)
    {
        _text.Add(time.PadLeft(_clock.Width), TextStyle.Dim).Add(clientPacket.PadLeft(_numberWidth + 1), TextStyle.Dim);
        _text.Add(found && clientPacket.Length > 0 ? _glyphs.Found : " ", TextStyle.Warning);
        cells.AppendTo(_text);
        _text.Add(found && serverPacket.Length > 0 ? _glyphs.Found : " ", TextStyle.Warning)
            .Add(serverPacket.PadLeft(_numberWidth), TextStyle.Dim).EndLine();
    }

    private void Indented(string text, TextStyle style)
    {
        int indent = _clock.Width + _numberWidth + 2;
        _text.PadTo(indent).Add(TextWidth.Fit(text, Math.Clamp(_options.Width, NarrowestWidth, WidestWidth) - indent, _glyphs.Ellipsis),
            style).EndLine();
    }
}
