using System.Buffers;
using Trama.Diagnosis;
using Trama.Packets;
using Trama.Reports.Forms;
using Trama.Reports.Ladder;
using Trama.Reports.Text;
using Trama.Reports.Times;
using Trama.Tracing;

namespace Trama.Reports.Lines;

/// <summary>
/// Writes one line per exchange as soon as it is complete: time, connection, direction, request, reply, the parts of its time and their
/// sum, mark. On a terminal in columns that fit its width; in a pipe separated by tabs. A connection without any exchange has a line of its
/// own that says what became of it.
/// </summary>
public sealed class ExchangeLines : IForm, IShardedSink
{
    private const int NumberWidth = 4;
    private const int TextInPipe = 80;
    private const int NarrowestNote = 40;
    private const int LongestExact = 6;

    private readonly Utf8Buffer _out;
    private readonly EndpointTexts _endpointTexts = new();
    private readonly ExchangeSpans _spans = new();
    private readonly FormSettings _settings;
    private readonly ClockText _clock;
    private readonly TextOptions _options;
    private readonly LadderWords _words;
    private readonly LineLayout? _layout;
    private readonly IReadOnlyList<TimeColumn> _times;
    private long _named;
    private bool _begun;

    /// <summary>Makes a writer of lines; a framing that stopped fitting is noted beside them.</summary>
    public ExchangeLines(FormSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (_settings, _options) = (settings, settings.Text);
        _out = new Utf8Buffer(settings.Output);
        _clock = new ClockText(settings.Zone);
        _words = new LadderWords(_options.Language, _options.Ascii);
        _times = settings.Columns ? TimeColumn.Fitting(_options.Width, _options.Language) : TimeColumn.All(_options.Language);
        _layout = settings.Columns ? new LineLayout(_options.Width, _times.Count) : null;
    }

    /// <inheritdoc/>
    public ITraceSink Sink => this;

    /// <summary>The exchanges; with findings also the numbers of their packets, which tell where a finding belongs.</summary>
    public TracingOptions Needs(TracingOptions others) =>
        others.WithExchanges(packetNumbers: _settings.FindingsOf is null ? 0 : FormBounds.PacketNumbers);

    /// <inheritdoc/>
    public void Flush() => _out.Flush();

    /// <inheritdoc/>
    public void End(TracedCapture capture) => Flush();

    /// <inheritdoc/>
    public IShardPart? OpenPart(int shard) => _layout is null && _settings.FindingsOf is null
        ? new LinesPart(new ExchangeLines(_settings with { Output = Stream.Null })) : null;

    /// <inheritdoc/>
    public void ExchangeTold(Connection connection, ReadOnlySpan<byte> text)
    {
        _out.Add(text);
        _out.FlushWhenFull();
    }

    /// <summary>Moves what is written and not passed on.</summary>
    internal void MoveTo(IBufferWriter<byte> output) => _out.MoveTo(output);

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange)
    {
        if (_layout is not null) Name(connection);
        int used = Begin(connection, (exchange.Request ?? exchange.Reply)!.FirstAt);
        ExchangeTimes? times = ExchangeTimes.Of(exchange);
        int room = _layout?.TextWidth(used, DurationColumns(times)) ?? TextInPipe;
        string mark = ExchangeWords.Mark(exchange, _options.Language);
        Request(exchange.Request, room);
        Separate();
        Reply(exchange.Reply, mark, room);
        foreach (TimeColumn column in _times)
        {
            Separate();
            long? nanoseconds = times is { } known ? column.Of(known) : null;
            _out.AddDuration(nanoseconds, _layout is null ? 0 : LineLayout.DurationWidth, Style(column), _options);
            Plain();
        }

        if (_layout is null)
        {
            Separate();
            Styled(mark, TextStyle.Error);
            if (ProcessText.OfBoth(connection) is { } both)
            {
                Separate();
                _out.Add(both);
            }
        }

        _out.EndLine();
        if (_settings.FindingsOf is not null) _spans.Add(connection, exchange);
    }

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        if (connection.Misfit is { } misfit) _settings.Note(FramingWords.Misfit(connection, misfit, _options.Language));
        if (connection.ExchangeCount == 0)
        {
            bool failed = connection.State is ConnectionState.Refused or ConnectionState.Reset or ConnectionState.Unanswered;
            string end = _words.End(connection);
            if (ProcessText.Sentence(connection.Process(Side.Client), connection.Process(Side.Server), _options.Language) is { } who)
                end += $" ({who})";
            Words(connection, connection.OpenedAt, end, failed ? TextStyle.Error : TextStyle.Dim);
        }

        foreach (Finding finding in _settings.FindingsOf?.Invoke(connection) ?? []) Found(connection, finding);
        _spans.Forget(connection);
    }

    // Whose a connection is stands above its first exchange; where that is not known, nothing does.
    private void Name(Connection connection)
    {
        if (connection.Id == _named || ProcessText.OfBoth(connection) is not { } both) return;
        _named = connection.Id;
        Words(connection, connection.OpenedAt, both, TextStyle.Dim);
    }

    // "◆ no-reply (the server): The server's kernel … Exchange 3."
    private void Found(Connection connection, Finding finding)
    {
        // The packet numbers of the capture at the server are others than those of the exchanges.
        ExchangeSpan[] touched = finding.SeenAt == Side.Server ? [] : _spans.TouchedBy(finding, connection);
        string text = FindingWords.Note(finding, _options.Language, _options.Ascii)
            + ExchangeWords.Touched(touched, finding.Party, _options);
        Words(connection, connection.LastAt, text, finding.Severity > Severity.Info ? TextStyle.Error : TextStyle.Dim);
    }

    // A line of words after the beginning that all lines have; on a terminal as many lines as it takes.
    private void Words(Connection connection, Timestamp at, string words, TextStyle style)
    {
        int used = Begin(connection, at);
        int room = _layout is null ? int.MaxValue : _options.Width - used;
        bool isBelow = room < NarrowestNote && TextWidth.Of(words) > room;
        int indent = isBelow ? NumberWidth : used;
        if (isBelow) room = _options.Width - indent;
        bool isFirst = !isBelow;
        if (isBelow) _out.EndLine();
        foreach (string line in _layout is null ? [words] : Paragraph.Lines(words, room))
        {
            if (!isFirst) _out.Spaces(indent);
            isFirst = false;
            Styled(line, style);
            _out.EndLine();
        }
    }

    // Time, connection and direction; gives their columns, with the space after them.
    private int Begin(Connection connection, Timestamp at)
    {
        if (!_begun && _layout is not null) Head(_layout);
        _begun = true;
        Colour(Ansi.Of(TextStyle.Dim));
        ReadOnlySpan<byte> time = _clock.Of(at);
        _out.Add(_layout is null ? time : time[.._layout.TimeWidth]);
        Plain();
        Separate();
        int number = _out.Add(connection.Id, _layout is null ? 0 : NumberWidth);
        Separate();
        int direction = Direction(connection);
        if (_layout is not null) _out.Spaces(_layout.DirectionWidth - direction);
        Separate();
        return _layout is null ? 0 : _layout.TimeWidth + number + Math.Max(direction, _layout.DirectionWidth) + 3;
    }

    private int Direction(Connection connection)
    {
        if (_layout is not { } layout || layout.HasEndpoints)
        {
            ReadOnlySpan<byte> both = _endpointTexts.Of(connection);
            if (_layout is null || both.Length <= _layout.MostDirection)
            {
                // Addresses and ports are ASCII.
                _out.Add(both);
                _layout?.Widen(both.Length);
                return both.Length;
            }

            string cut = EndpointText.Pair(connection, _layout.MostDirection, _options.Ascii);
            _out.Add(cut);
            int columns = TextWidth.Of(cut);
            _layout.Widen(columns);
            return columns;
        }

        int used = 1;
        if (layout.HasClientPort)
        {
            used += _out.Add((long)connection.Client.Port, 0) + 1;
            _out.Add(' ');
        }

        _out.Add('>');
        return used + _out.Add((long)connection.Server.Port, 0);
    }

    private void Head(LineLayout layout)
    {
        Language language = _options.Language;
        Colour(Ansi.Of(TextStyle.Dim));
        int room = layout.TextWidth(layout.TimeWidth + NumberWidth + layout.DirectionWidth + 3, DurationColumns(null));
        Left(language.Pick("time", "hora"), layout.TimeWidth);
        Right(language.Pick("conn", "conx"), NumberWidth);
        Separate();
        Left(layout.HasEndpoints || layout.HasClientPort ? language.Pick("direction", "sentido") : language.Pick("to", "para"),
            layout.DirectionWidth);
        Left(language.Pick("request", "pedido"), room);
        Left(language.Pick("reply", "resposta"), room);
        foreach ((int i, TimeColumn column) in _times.Index())
        {
            if (i > 0) Separate();
            Right(column.Title, LineLayout.DurationWidth);
        }

        Plain();
        _out.EndLine();
    }

    private void Left(string title, int width)
    {
        string fitted = TextWidth.Fit(title, width, "");
        _out.Add(fitted);
        _out.Spaces(width - fitted.Length);
        Separate();
    }

    private void Right(string title, int width)
    {
        _out.Spaces(width - title.Length);
        _out.Add(title);
    }

    private void Request(Message? request, int room)
    {
        int used = 1;
        if (request is null) _out.Add('-');
        else used = Text(request, room, TextStyle.Client);
        if (_layout is not null) _out.Spaces(room - used);
    }

    // On a terminal the mark stands where the reply does, or behind as much of it as fits.
    private void Reply(Message? reply, string mark, int room)
    {
        if (_layout is null) mark = "";
        mark = TextWidth.Fit(mark, room, "");
        int used = TextWidth.Of(mark), left = room - used - (used > 0 ? 1 : 0);
        if (reply is null && used == 0)
        {
            _out.Add('-');
            used = 1;
        }
        else if (reply is not null && left > 0)
        {
            int text = Text(reply, left, TextStyle.Server);
            if (mark.Length > 0) _out.Add(' ');
            used += text + (mark.Length > 0 ? 1 : 0);
        }

        Styled(mark, TextStyle.Error);
        if (_layout is not null) _out.Spaces(room - used);
    }

    // The size and the kind or the first text of a message: "15 B Olá, servidor!". Gives its columns.
    private int Text(Message message, int room, TextStyle style)
    {
        Colour(Ansi.Of(style));
        int used = Size(message.Bytes, room);
        ReadOnlySpan<byte> words = message.Description.Span;
        bool isWords = !words.IsEmpty;
        if (!isWords) words = message.Head.Span.TrimEnd("\r\n"u8);
        if (!words.IsEmpty && used + 2 < room)
        {
            _out.Add(' ');
            used += 1 + _out.AddVisible(words, room - used - 1, _options.Ascii, isWords);
        }

        Plain();
        return used;
    }

    private int Size(long bytes, int room)
    {
        // On a narrow terminal a number of bytes may not fit; as most do, there is no text made for it.
        if (bytes < SizeText.Exact && room > LongestExact)
        {
            int used = _out.Add(bytes, 0) + 2;
            _out.Add(" B"u8);
            return used;
        }

        string size = TextWidth.Fit(SizeText.Of(bytes, _options.Language), room, "");
        _out.Add(size);
        return size.Length;
    }

    private int DurationColumns(ExchangeTimes? times)
    {
        int columns = 0;
        foreach (TimeColumn column in _times)
            columns += Math.Max(LineLayout.DurationWidth, times is { } known && column.Of(known) is >= LineLayout.Long and var ns
                ? DurationText.Of(ns, _options).Length : 0);
        return columns + _times.Count;
    }

    private ReadOnlySpan<byte> Style(TimeColumn column) =>
        _options.Colour && column.Part == ExchangePart.Server ? Ansi.Of(TextStyle.Bold) : default;

    private void Styled(string text, TextStyle style)
    {
        if (text.Length == 0) return;
        Colour(Ansi.Of(style));
        _out.Add(text);
        Plain();
    }

    private void Separate() => _out.Add(_layout is null ? '\t' : ' ');

    private void Colour(ReadOnlySpan<byte> code)
    {
        if (_options.Colour) _out.Add(code);
    }

    private void Plain() => Colour(Ansi.Plain);
}
