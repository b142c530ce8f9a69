using Trama.Diagnosis;
using Trama.Framing;
using Trama.Packets;
using Trama.Reports.Forms;
using Trama.Reports.Ladder;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Lines;

/// <summary>
/// Writes one line per exchange as soon as it is complete: time, connection, direction, request, reply, server time, network
/// time, total, mark. On a terminal in columns; in a pipe separated by tabs. A connection without any exchange has a
/// line of its own that says what became of it.
/// </summary>
public sealed class ExchangeLines : IForm, ITraceSink
{
    private const int WidthWithEndpoints = 130;
    private const int WidthWithPorts = 100;
    private const int DurationWidth = 8;
    private const int NumberWidth = 4;
    private const int TextInPipe = 80;
    private const int MaxTouched = 12;

    private readonly Utf8Buffer _out;
    private readonly EndpointTexts _endpointTexts = new();
    private readonly ExchangeSpans _spans = new();
    private readonly FormSettings _settings;
    private readonly ClockText _clock;
    private readonly TextOptions _options;
    private readonly LadderWords _words;
    private readonly bool _columns;
    private readonly bool _endpoints;
    private readonly bool _clientPort;
    private readonly int _timeWidth;
    private readonly int _textWidth;
    private int _directionWidth;
    private bool _begun;

    /// <summary>Makes a writer of lines; a framing that stopped fitting is noted beside them.</summary>
    public ExchangeLines(FormSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (TextOptions options, bool columns) = (settings.Text, settings.Columns);
        (_settings, _options, _columns) = (settings, options, columns);
        _out = new Utf8Buffer(settings.Output);
        _clock = new ClockText(settings.Zone);
        _words = new LadderWords(options.Language, options.Ascii);
        _endpoints = !columns || options.Width >= WidthWithEndpoints;
        _clientPort = options.Width >= WidthWithPorts;
        _timeWidth = !columns || options.Width >= WidthWithPorts ? ClockText.Width : ClockText.Width - 3;
        _directionWidth = _endpoints ? 33 : _clientPort ? 13 : 6;
        int rest = options.Width - _timeWidth - NumberWidth - _directionWidth - 3 * DurationWidth - 8;
        _textWidth = columns ? Math.Clamp(rest / 2, 6, 60) : TextInPipe;
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
    public void ExchangeCompleted(Connection connection, Exchange exchange)
    {
        Begin(connection, (exchange.Request ?? exchange.Reply)!.FirstAt);
        Text(exchange.Request, Ansi.Of(TextStyle.Client));
        Separate();
        Text(exchange.Reply, Ansi.Of(TextStyle.Server));
        Separate();
        Duration(exchange.ServerNs, Ansi.Of(TextStyle.Bold));
        Separate();
        Duration(exchange.NetworkNs, default);
        Separate();
        Duration(exchange.TotalNs, default);
        Separate();
        Mark(exchange);
        _out.EndLine();
        if (_settings.FindingsOf is not null) _spans.Add(connection, exchange);
    }

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        if (connection.Misfit is { } misfit) _settings.Note(FramingWords.Misfit(connection, misfit, _options.Language));
        if (connection.ExchangeCount == 0)
        {
            Begin(connection, connection.OpenedAt);
            bool failed = connection.State is ConnectionState.Refused or ConnectionState.Reset or ConnectionState.Unanswered;
            Colour(failed ? Ansi.Of(TextStyle.Error) : Ansi.Of(TextStyle.Dim));
            _out.Add(_words.End(connection));
            Plain();
            _out.EndLine();
        }

        foreach (Finding finding in _settings.FindingsOf?.Invoke(connection) ?? []) Found(connection, finding);
        _spans.Forget(connection);
    }

    // "◆ no-reply (the server): The server's kernel … Exchange 3."
    private void Found(Connection connection, Finding finding)
    {
        Language language = _options.Language;
        Begin(connection, connection.LastAt);
        Colour(finding.Severity > Severity.Info ? Ansi.Of(TextStyle.Error) : Ansi.Of(TextStyle.Dim));
        _out.Add(FindingWords.Note(finding, language, _options.Ascii));
        // The packet numbers of the capture at the server are others than those of the exchanges.
        IReadOnlyList<long> touched = finding.SeenAt == Side.Server ? [] : _spans.TouchedBy(finding, connection);
        if (touched.Count > 0)
        {
            _out.Add(touched.Count == 1 ? language.Pick(" Exchange ", " Troca ") : language.Pick(" Exchanges ", " Trocas "));
            _out.Add(NumberRanges.Of(touched, MaxTouched, _options.Ascii) + ".");
        }

        Plain();
        _out.EndLine();
    }

    private void Begin(Connection connection, Timestamp at)
    {
        if (!_begun && _columns) Head();
        _begun = true;
        Colour(Ansi.Of(TextStyle.Dim));
        _out.Add(_clock.Of(at)[.._timeWidth]);
        Plain();
        Separate();
        _out.Add(connection.Id, _columns ? NumberWidth : 0);
        Separate();
        int used;
        if (_endpoints)
        {
            ReadOnlySpan<byte> both = _endpointTexts.Of(connection);
            _out.Add(both);
            used = both.Length;
        }
        else
        {
            used = 0;
            if (_clientPort)
            {
                used = Port(connection.Client.Port) + 1;
                _out.Add(" "u8);
            }

            _out.Add(">"u8);
            used += 1 + Port(connection.Server.Port);
        }

        if (_columns) _out.Spaces(_directionWidth - used);
        _directionWidth = Math.Max(_directionWidth, _columns && _textWidth > 20 ? used : 0);
        Separate();
    }

    private int Port(ushort port)
    {
        _out.Add((long)port);
        return port < 10 ? 1 : port < 100 ? 2 : port < 1000 ? 3 : port < 10000 ? 4 : 5;
    }

    private void Head()
    {
        Language language = _options.Language;
        Colour(Ansi.Of(TextStyle.Dim));
        Left(language.Pick("time", "hora"), _timeWidth);
        Right(language.Pick("conn", "conx"), NumberWidth);
        Left(_clientPort ? language.Pick("direction", "sentido") : language.Pick("to", "para"), _directionWidth);
        Left(language.Pick("request", "pedido"), _textWidth);
        Left(language.Pick("reply", "resposta"), _textWidth);
        Right(language.Pick("server", "servidor"), DurationWidth);
        Right(language.Pick("network", "rede"), DurationWidth);
        Right("total", DurationWidth);
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
        Separate();
    }

    // The size and the kind or the first text of a message: "15 B Olá, servidor!".
    private void Text(Message? message, ReadOnlySpan<byte> colour)
    {
        int used = 1;
        if (message is null)
        {
            _out.Add("-"u8);
        }
        else
        {
            string size = message.Bytes < SizeText.Exact ? "" : SizeText.Of(message.Bytes, _options.Language);
            used = size.Length;
            Colour(colour);
            if (size.Length > 0) _out.Add(size);
            else used = Bytes(message.Bytes);
            ReadOnlySpan<byte> text = message.Description.IsEmpty ? message.Head.Span.TrimEnd("\r\n"u8) : message.Description.Span;
            if (!text.IsEmpty && used + 2 < _textWidth)
            {
                _out.Add(' ');
                used += 1 + _out.AddVisible(text, _textWidth - used - 1, _options.Ascii);
            }

            Plain();
        }

        if (_columns) _out.Spaces(_textWidth - used);
    }

    private int Bytes(long count)
    {
        _out.Add(count);
        _out.Add(' ');
        _out.Add('B');
        int used = 3;
        for (; count >= 10; count /= 10) used++;
        return used;
    }

    private void Duration(long? nanoseconds, ReadOnlySpan<byte> colour)
    {
        _out.AddDuration(nanoseconds, _columns ? DurationWidth : 0, _options.Colour ? colour : default, _options);
        Plain();
    }

    private void Mark(Exchange exchange)
    {
        (Message? request, Message? reply) = (exchange.Request, exchange.Reply);
        Language language = _options.Language;
        string mark = (request?.MissingBytes ?? 0) + (reply?.MissingBytes ?? 0) > 0 ? language.Pick("bytes missing", "faltam bytes")
            : reply is null && !exchange.IsWhole ? language.Pick("reply not captured", "resposta não capturada")
            : reply is null && exchange.Status.Length > 0 ? VisibleText.Of(exchange.Status.Span)
            : reply is null ? exchange.ReplyDue == false ? "" : language.Pick("no reply", "sem resposta")
            : request?.IsComplete == false || !reply.IsComplete ? language.Pick("cut off", "cortada")
            : request?.DeliveredAt > request?.LastAt || reply.DeliveredAt > reply.LastAt ? language.Pick("retransmitted", "retransmitida")
            : "";
        if (mark.Length == 0) return;
        Colour(Ansi.Of(TextStyle.Error));
        _out.Add(mark);
        Plain();
    }

    private void Separate() => _out.Add(_columns ? ' ' : '\t');

    private void Colour(ReadOnlySpan<byte> code)
    {
        if (_options.Colour) _out.Add(code);
    }

    private void Plain() => Colour(Ansi.Plain);
}
