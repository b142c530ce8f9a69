using System.Text;
using Trama.Captures;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Html;
using Trama.Reports.Json;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Joined;
using Trama.Reports.Ladder.Svg;
using Trama.Reports.Ladder.Text;
using Trama.Reports.Lines;
using Trama.Reports.Summary;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Cli.Commands.Tracing;

/// <summary>Shows what was traced, in one form, on standard output or in a file.</summary>
internal sealed class TraceReport(TraceForm form, TextOptions options, bool full) : ITraceReport
{
    private readonly StandardOutputPipe _output = StandardOutputPipe.Open();
    private readonly List<Connection> _connections = [];
    private JudgedConnections? _judged;
    private ITraceSink? _sink;
    private bool _drawn;

    /// <summary>Whether what went wrong is shown; the tracker must keep and tell what a <see cref="Diagnoser"/> needs.</summary>
    public bool Diagnoses { get; init; }

    /// <summary>The only connection to show; null for all.</summary>
    public long? Only { get; init; }

    /// <summary>The file of a picture or page.</summary>
    public string? Path { get; init; }

    /// <summary>The order of a summary.</summary>
    public SummarySort Sort { get; init; }

    /// <summary>How many connections a summary shows.</summary>
    public int Top { get; init; }

    /// <inheritdoc/>
    public ITraceSink Sink
    {
        get
        {
            ITraceSink shown = Only is { } id ? new OneConnection(_sink!, id) : _sink!;
            if (_judged is null) return shown;
            _judged.Report = shown;
            return _judged;
        }
    }

    /// <summary>The order that a person names; null when there is none of that name.</summary>
    public static SummarySort? SortNamed(string name) => name switch
    {
        "number" => SummarySort.Number,
        "duration" => SummarySort.Duration,
        "bytes" => SummarySort.Bytes,
        "exchanges" => SummarySort.Exchanges,
        "retransmissions" => SummarySort.Retransmissions,
        "rtt" => SummarySort.Rtt,
        "server-time" => SummarySort.ServerTime,
        _ => null,
    };

    /// <summary>To throw when a connection is asked for that is not there.</summary>
    public static UserError NoSuchConnection(long asked, long count, Language language) => new(count switch
    {
        0 => language.Pick($"there is no connection {asked}: the capture has none", $"não há conexão {asked}: a captura não tem nenhuma"),
        1 => language.Pick($"there is no connection {asked}: the capture has one", $"não há conexão {asked}: a captura tem uma"),
        _ => language.Pick($"there is no connection {asked}: the capture has {count}", $"não há conexão {asked}: a captura tem {count}"),
    });

    /// <summary>Starts to show.</summary>
    /// <exception cref="CaptureException">The file cannot be made.</exception>
    public void Begin()
    {
        // Told now, not when a relay or a live capture has come to its end.
        if (Path is not (null or "-") && (Directory.Exists(Path) || !System.IO.Path.Exists(Path))) WriteFile(_ => { }, FileOptions.DeleteOnClose);
        if (Diagnoses) _judged = new JudgedConnections();
        _sink = Form();
    }

    private ITraceSink Form() => form switch
    {
        TraceForm.Lines => new ExchangeLines(_output, options, columns: !Console.IsOutputRedirected, TimeZoneInfo.Local, Console.Error.WriteLine) { FindingsOf = _judged is null ? null : _judged.FindingsOf },
        TraceForm.Json => new JsonDocumentReport(_output, options.Language, full),
        TraceForm.NdJson => new JsonLinesReport(_output, options.Language, full) { FindingsOf = _judged is null ? null : _judged.FindingsOf },
        TraceForm.Summary => new SummaryReport(options, Sort, Top),
        TraceForm.Ladder => new EachConnection(Draw),
        _ => new EachConnection(_connections.Add),
    };

    /// <inheritdoc/>
    public void Flush()
    {
        (_sink as ExchangeLines)?.Flush();
        (_sink as JsonLinesReport)?.Flush();
    }

    /// <inheritdoc/>
    public CaptureDiagnosis End(CaptureTotals totals, IReadOnlyList<string> files, bool truncated)
    {
        CaptureDiagnosis diagnosis = _judged?.Diagnoser.Conclude(totals) ?? new CaptureDiagnosis(totals, []);
        End(totals, diagnosis, files, truncated);
        return diagnosis;
    }

    private void End(CaptureTotals totals, CaptureDiagnosis diagnosis, IReadOnlyList<string> files, bool truncated, JoinedCapture? captures = null)
    {
        Flush();
        (_sink as JsonDocumentReport)?.End(diagnosis, files, truncated);
        (_sink as JsonLinesReport)?.End(totals, files, truncated, diagnosis);
        if (_sink is SummaryReport summary && totals.TcpPackets > 0) Write(summary.Draw());
        if (form == TraceForm.Svg && _connections is [Connection first, ..]) WriteFile(stream => stream.Write(Encoding.UTF8.GetBytes(SvgLadder.Draw(ConnectionLadder.Of(first, diagnosis.FindingsOf(first)), options.Language))));
        if (form == TraceForm.Html) WriteFile(stream => new HtmlReport(options.Language) { Joined = captures }.Write(stream, _connections, diagnosis, files));
    }

    /// <summary>Shows two captures as one.</summary>
    public void Show(JoinedCapture captures, CaptureDiagnosis diagnosis, IReadOnlyList<string> files, bool truncated)
    {
        if (Only is { } id && id > captures.Connections.Count) throw NoSuchConnection(id, captures.Connections.Count, options.Language);
        if (form is not (TraceForm.Ladder or TraceForm.Svg))
        {
            captures.Tell(Only is { } only ? new OneConnection(_sink!, only) : _sink!);
            End(captures.Totals, diagnosis, files, truncated, captures);
            return;
        }

        foreach (JoinedConnection connection in captures.Connections.Where(connection => (Only ?? connection.Id) == connection.Id))
        {
            var ladder = JoinedLadder.Of(captures, connection);
            if (form == TraceForm.Ladder) Draw(connection.Id, JoinedTextLadder.Draw(ladder, options));
            else WriteFile(stream => stream.Write(Encoding.UTF8.GetBytes(JoinedSvgLadder.Draw(ladder, options.Language))));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (_sink as IDisposable)?.Dispose();
        _output.Dispose();
    }

    private void Draw(Connection connection) =>
        Draw(connection.Id, TextLadder.Draw(ConnectionLadder.Of(connection, _judged?.FindingsOf(connection)), options));

    private void Draw(long id, string ladder)
    {
        string heading = options.Language.Pick($"connection {id}", $"conexão {id}");
        Write($"{(_drawn ? "\n" : "")}{heading}\n{ladder}");
        _drawn = true;
    }

    private void Write(string text) => _output.Write(Encoding.UTF8.GetBytes(text));

    private void WriteFile(Action<Stream> write, FileOptions options = FileOptions.None)
    {
        if (Path == "-")
        {
            write(_output);
            return;
        }

        try
        {
            using FileStream file = File.Create(Path!, 4096, options);
            write(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureException.FromFileError(Path!, error);
        }
    }

    private sealed class EachConnection(Action<Connection> ended) : ITraceSink
    {
        public void ConnectionEnded(Connection connection) => ended(connection);
    }
}
