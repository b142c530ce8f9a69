using System.Text.Json;
using Trama.Diagnosis;
using Trama.Reports.Forms;
using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>
/// Writes <c>trace --ndjson</c> and <c>diagnose --ndjson</c>: one object a line, each with a <c>type</c>: <c>exchange</c> as soon as it is
/// complete (with the number of its connection), <c>connection</c> when it ends, <c>capture</c> last. With a diagnosis, also
/// <c>findings</c> of connections about which the whole capture shows more than their end did, and the <c>verdict</c>, before the capture.
/// </summary>
public sealed class JsonLinesReport(FormSettings settings) : IForm, IShardedSink
{
    private const int FlushAt = 64 * 1024;
    private readonly JsonText _text = new();
    private readonly Dictionary<long, IReadOnlyList<Finding>> _told = [];
    private Utf8JsonWriter? _writer;
    private ConnectionJson? _json;
    private ExchangeJson? _exchange;
    private FindingJson? _findings;

    /// <inheritdoc/>
    public ITraceSink Sink => this;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) =>
        others.WithExchanges(settings.Full ? FormBounds.WholeBytes : FormBounds.HeadBytes).WithBodies() with
        {
            CompareRepeats = true,
        };

    /// <inheritdoc/>
    public IShardPart OpenPart(int shard) => new ExchangeJsonPart(settings.Full, asLines: true);

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange)
    {
        (_exchange ??= new ExchangeJson(_text, settings.Full)).WriteLine(connection, exchange);
        if (_text.Length >= FlushAt) Flush();
    }

    /// <inheritdoc/>
    public void ExchangeTold(Connection connection, ReadOnlySpan<byte> text)
    {
        _text.Add(text);
        if (_text.Length >= FlushAt) Flush();
    }

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        Begin("connection"u8).Connection(connection);
        if (settings.FindingsOf?.Invoke(connection) is { } found)
        {
            Findings(found);
            // A diagnosis tells at the end of no more connections.
            if (found.Count > 0 && _told.Count < Diagnoser.MaxConnections) _told[connection.Id] = found;
        }

        EndLine();
    }

    /// <summary>Writes the last lines: what only the whole capture shows, the verdict, the capture.</summary>
    public void End(TracedCapture capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        foreach (ConnectionDiagnosis connection in capture.Diagnosis.Connections)
        {
            if (_told.TryGetValue(connection.Id, out IReadOnlyList<Finding>? told)
                && told.SequenceEqual(connection.Findings, ReferenceEqualityComparer.Instance)) continue;
            Begin("findings"u8);
            _writer!.WriteNumber("connection"u8, connection.Id);
            Findings(connection.Findings);
            EndLine();
        }

        if (capture.Diagnosis.Verdict is { } verdict)
        {
            Begin("verdict"u8);
            _findings!.Verdict(verdict);
            EndLine();
        }

        Begin("capture"u8).Capture(capture);
        EndLine();
        Flush();
    }

    /// <inheritdoc/>
    public void Flush()
    {
        settings.Output.Write(_text.Visible);
        _text.Clear();
        settings.Output.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer?.Dispose();

    private ConnectionJson Begin(ReadOnlySpan<byte> type)
    {
        if (_writer is null) _writer = new Utf8JsonWriter(_text, JsonDocumentReport.WriterOptions);
        else _writer.Reset();
        _json ??= new ConnectionJson(_writer);
        _findings ??= new FindingJson(_writer, settings.Text);
        _writer.WriteStartObject();
        _writer.WriteString("type"u8, type);
        return _json;
    }

    private void Findings(IReadOnlyList<Finding> found)
    {
        _writer!.WritePropertyName("findings"u8);
        _findings!.Findings(found);
    }

    private void EndLine()
    {
        _writer!.WriteEndObject();
        _writer.Flush();
        _text.Add("\n"u8);
        if (_text.Length >= FlushAt) Flush();
    }
}
