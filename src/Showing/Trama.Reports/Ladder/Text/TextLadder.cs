using System.Globalization;
using Trama.Diagnosis;
using Trama.Packets.Transport;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Ladder.Text;

/// <summary>
/// Draws a ladder as text: time and packet number at the left, the client's lifeline, the arrows, the server's lifeline.
/// </summary>
public sealed class TextLadder
{
    private const int NarrowestWidth = 60;
    private const int WidestWidth = 120;
    private const int WidthWithDeltas = 100;
    private const int LeastDelta = 9;

    private readonly ConnectionLadder _ladder;
    private readonly TextOptions _options;
    private readonly LadderWords _words;
    private readonly LadderGlyphs _glyphs;
    private StyledText _text;
    private readonly LadderClock _clock;
    private readonly int _numberWidth;
    private readonly int _left;
    private readonly int _right;

    /// <summary>Prepares to draw a ladder row by row, as a screen shows it.</summary>
    public TextLadder(ConnectionLadder ladder, TextOptions options)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        ArgumentNullException.ThrowIfNull(options);
        _ladder = ladder;
        _options = options;
        _words = new LadderWords(options.Language, options.Ascii);
        _glyphs = options.Ascii ? LadderGlyphs.Ascii : LadderGlyphs.Unicode;
        _text = new StyledText(options.Colour);
        _clock = new LadderClock(ladder, options.Language);
        long lastPacket = ladder.Segments.Count > 0 ? ladder.Segments[^1].Packet : 0;
        _numberWidth = Math.Max(2, lastPacket.ToString(CultureInfo.InvariantCulture).Length);
        int width = Math.Clamp(options.Width, NarrowestWidth, WidestWidth);
        int deltas = width >= WidthWithDeltas ? 1 + ladder.Rows.Select(row => Delta(row).Length).Append(LeastDelta).Max() : 0;
        _left = _clock.Width + deltas + 2 + _numberWidth + 1;
        _right = width - 1;
        DeltaWidth = deltas;
    }

    private int DeltaWidth { get; }

    /// <summary>The text of a ladder, each line ended by LF.</summary>
    public static string Draw(ConnectionLadder ladder, TextOptions options)
    {
        var drawing = new TextLadder(ladder, options);
        drawing.Head();
        foreach (LadderRow row in ladder.Rows) drawing.Row(row);
        if (ladder.Connection is not null) drawing.Notes();
        return drawing._text.ToString();
    }

    /// <summary>The lines above the rows: who is at either side.</summary>
    public string[] HeadLines()
    {
        Head();
        return TakeLines();
    }

    /// <summary>The line of a row of the ladder.</summary>
    public string RowLine(LadderRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        Row(row);
        return TakeLines()[^1];
    }

    private string[] TakeLines()
    {
        string lines = _text.ToString();
        _text = new StyledText(_options.Colour);
        return lines.TrimEnd('\n').Split('\n');
    }

    private void Head()
    {
        string client = _ladder.Client.ToString();
        string serverEnd = _ladder.Server.ToString();
        Gutter("", "", "");
        _text.PadTo(_left).Add(_ladder.Name(Side.Client, _words.Name(Side.Client)), TextStyle.ClientBold);
        string server = _ladder.Name(Side.Server, _words.Name(Side.Server));
        if (_text.Column + 2 + TextWidth.Of(server) > _right + 1) _text.EndLine();
        AddRight(server, TextStyle.ServerBold);
        Gutter(_clock.Unit, "", "#");
        _text.PadTo(_left).Add(client, TextStyle.Client);
        if (_text.Column + 2 + serverEnd.Length > _right + 1) _text.EndLine();
        AddRight(serverEnd, TextStyle.Server);
        Gutter("", "", "");
        Lifelines(LifelineJoin.None, LifelineJoin.None);
    }

    private void Notes()
    {
        if (_ladder.Part is { } part) Paragraph.Add(_text, part.Words(_options.Language), new string(' ', _left), _right + 1,
            TextStyle.Warning);
        if (PathText.Of(_ladder.Connection!, _options.Language) is { } path)
            Paragraph.Add(_text, path, new string(' ', _left), _right + 1, TextStyle.Dim);
        foreach (Finding finding in _ladder.Findings)
            Paragraph.Add(_text, FindingWords.Note(finding, _options.Language, _options.Ascii), new string(' ', _left), _right + 1,
                TextStyle.Warning);
    }

    private void Row(LadderRow row)
    {
        switch (row.Kind)
        {
            case LadderRowKind.Segment:
                Segment(row, row.Segment!.Value);
                break;
            case LadderRowKind.Message:
                Message(row);
                break;
            case LadderRowKind.Pause:
                Note(row, _glyphs.Pause, _words.Pause(row.DeltaNs ?? 0), TextStyle.Warning);
                break;
            case LadderRowKind.Unseen:
                Gutter("", "", "");
                Arrow(row, _glyphs.Dashed, thick: false, TextStyle.Error, [(_words.Unseen, TextStyle.Error)]);
                break;
            case LadderRowKind.Omitted:
                Note(row, _glyphs.Pause, _words.Omitted(row.Omitted), TextStyle.Dim);
                break;
            default:
                Gutter("", "", "");
                Lifelines(row.ClientJoin, row.ServerJoin);
                End(_words.End(_ladder.Connection!));
                break;
        }
    }

    private void Segment(LadderRow row, in TracedSegment segment)
    {
        Gutter(_clock.Text(row.At), Delta(row), Number(segment.Packet),
            row.Findings.Count > 0);
        bool again = LadderWords.IsSentAgain(segment.Marks);
        bool bad = again || (segment.Marks & (SegmentMarks.OutOfOrder | SegmentMarks.ZeroWindow)) != 0
            || (segment.Flags & TcpFlags.Rst) != 0;
        TextStyle line = row.From == Side.Client ? TextStyle.Client : TextStyle.Server;
        var label = new List<(string, TextStyle)> { (_words.Segment(segment), bad ? TextStyle.Error : TextStyle.Plain) };
        string marks = _words.Marks(segment.Marks);
        if (marks.Length > 0) label.Add((marks, bad ? TextStyle.Error : TextStyle.Warning));
        string closing = _words.Closing(segment, row.Findings);
        if (closing.Length > 0) label.Add((closing, bad ? TextStyle.Error : TextStyle.Bold));
        // The mark says enough when there is only one.
        string found = _ladder.Findings.Count > 1 ? LadderWords.Found(row.Findings) : "";
        if (found.Length > 0) label.Add((found, TextStyle.Warning));
        Arrow(row, again ? _glyphs.Dashed : _glyphs.Thin, thick: false, again ? TextStyle.Error : line, label);
    }

    private void Message(LadderRow row)
    {
        Gutter("", "", "");
        TextStyle style = row.From == Side.Client ? TextStyle.ClientBold : TextStyle.ServerBold;
        (string title, string size, string text) = _words.Message(row.Exchange!, row.Message!);
        var label = new List<(string, TextStyle)> { (title, style), (size, style) };
        if (text.Length > 0) label.Add((text, style));
        Arrow(row, _glyphs.Thick, thick: true, style, label);
    }

    // An arrow fills the room between the lifelines; its label sits two dashes after its start, where the eye expects it.
    private void Arrow(LadderRow row, char dash, bool thick, TextStyle style, List<(string Text, TextStyle Style)> label)
    {
        bool toRight = row.From == Side.Client;
        int room = _right - _left - 1;
        int labelRoom = room - 4;
        List<(string Text, TextStyle Style)> fitted = Fit(label, labelRoom);
        int used = fitted.Sum(part => TextWidth.Of(part.Text)) + 2;
        int lead = Math.Max(1, Math.Min(6, (room - used - 1) / 2));
        int trail = room - used - lead - 1;

        string start = _glyphs.Start(thick, row.From, row.Join(row.From));
        string passes = _glyphs.Lifeline[(int)row.Join(toRight ? Side.Server : Side.Client)].ToString();
        TextStyle passing = Lifeline(toRight ? Side.Server : Side.Client, toRight ? row.ServerJoin : row.ClientJoin);
        _text.PadTo(_left);
        if (toRight) _text.Add(start + new string(dash, lead), style);
        else _text.Add(passes, passing).Add(_glyphs.ToLeft + new string(dash, trail), style);
        _text.Add(" ");
        foreach ((string text, TextStyle part) in fitted) _text.Add(text, part);
        _text.Add(" ");
        if (toRight) _text.Add(new string(dash, trail) + _glyphs.ToRight, style).Add(passes, passing);
        else _text.Add(new string(dash, lead) + start, style);
        _text.EndLine();
    }

    private List<(string Text, TextStyle Style)> Fit(List<(string Text, TextStyle Style)> parts, int room)
    {
        var fitted = new List<(string, TextStyle)>();
        foreach ((string text, TextStyle style) in parts)
        {
            string separated = fitted.Count == 0 ? text : _glyphs.Dot + text;
            string cut = TextWidth.Fit(separated, Math.Max(0, room), _glyphs.Ellipsis);
            room -= TextWidth.Of(cut);
            fitted.Add((cut, style));
            if (cut != separated) break;
        }

        return fitted;
    }

    private void Note(LadderRow row, char lifeline, string words, TextStyle style)
    {
        Gutter("", "", "");
        int from = _left + 1 + (_right - _left - 1 - TextWidth.Of(words)) / 2;
        string client = row.ClientJoin == LifelineJoin.None ? lifeline.ToString() : _glyphs.Lifeline[(int)row.ClientJoin].ToString();
        string server = row.ServerJoin == LifelineJoin.None ? lifeline.ToString() : _glyphs.Lifeline[(int)row.ServerJoin].ToString();
        _text.PadTo(_left).Add(client, Lifeline(Side.Client, row.ClientJoin)).PadTo(from).Add(words, style);
        _text.PadTo(_right).Add(server, Lifeline(Side.Server, row.ServerJoin)).EndLine();
    }

    private void End(string words) => _text.PadTo(_left).Add(TextWidth.Fit(words, _right + 1 - _left, _glyphs.Ellipsis), TextStyle.Bold)
        .EndLine();

    private void Lifelines(LifelineJoin client, LifelineJoin server) =>
        _text.PadTo(_left).Add(_glyphs.Lifeline[(int)client].ToString(), Lifeline(Side.Client, client))
            .PadTo(_right).Add(_glyphs.Lifeline[(int)server].ToString(), Lifeline(Side.Server, server)).EndLine();

    private static TextStyle Lifeline(Side side, LifelineJoin join) => join == LifelineJoin.None ? TextStyle.Dim
        : side == Side.Client ? TextStyle.ClientBold : TextStyle.ServerBold;

    private void AddRight(string text, TextStyle style) => _text.PadTo(_right + 1 - TextWidth.Of(text)).Add(text, style).EndLine();

    private void Gutter(string time, string delta, string packet, bool found = false)
    {
        _text.Add(time.PadLeft(_clock.Width), TextStyle.Dim);
        if (DeltaWidth > 0) _text.Add(delta.PadLeft(DeltaWidth), TextStyle.Dim);
        _text.Add(packet.PadLeft(2 + _numberWidth), TextStyle.Dim).Add(found ? _glyphs.Found : " ", TextStyle.Warning);
    }

    private string Delta(LadderRow row) => row.DeltaNs is { } delta ? "+" + DurationText.Of(delta, _options) : "";

    private static string Number(long packet) => packet.ToString(CultureInfo.InvariantCulture);
}
