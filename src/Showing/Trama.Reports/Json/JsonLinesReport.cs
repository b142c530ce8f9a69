using System.Buffers;
using System.Text.Json;
using Trama.Diagnosis;
using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>
/// Writes <c>trace --ndjson</c> and <c>diagnose --ndjson</c>: one object a line, each with a <c>type</c>: <c>exchange</c> as soon as it is complete (with the number
/// of its connection), <c>connection</c> when it ends, <c>capture</c> last. With a diagnosis, also <c>findings</c> of connections about
/// which the whole capture shows more than their end did, and the <c>verdict</c>, before the capture.
/// </summary>
/// <param name="output">Where the lines go.</param>
/// <param name="language">The language of the findings' texts.</param>
/// <param name="full">Whether messages are written as far as the tracker kept them, and not just their first 256 bytes.</param>
public sealed class JsonLinesReport(Stream output, Language language, bool full = false) : ITraceSink, IDisposable
{
    private const int FlushAt = 64 * 1024;
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt * 2);
    private readonly Dictionary<long, IReadOnlyList<Finding>> _told = [];
    private Utf8JsonWriter? _writer;
    private ConnectionJson? _json;
    private FindingJson? _findings;

    /// <summary>What was found about a connection that ends; absent without a diagnosis.</summary>
    public Func<Connection, IReadOnlyList<Finding>>? FindingsOf { get; init; }

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange)
    {
        ConnectionJson json = Begin("exchange"u8);
        _writer!.WriteNumber("connection"u8, connection.Id);
        json.Exchange(exchange);
        EndLine();
    }

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        Begin("connection"u8).Connection(connection);
        if (FindingsOf?.Invoke(connection) is { } found)
        {
            Findings(found);
            if (found.Count > 0) _told[connection.Id] = found;
        }

        EndLine();
    }

    /// <summary>Writes the last lines: what only the whole capture shows, the verdict, the capture.</summary>
    /// <param name="totals">What the tracker was given.</param>
    /// <param name="files">The names of the captures.</param>
    /// <param name="truncated">Whether a capture ended in the middle of a record.</param>
    /// <param name="diagnosis">What was found, if that was asked for.</param>
    public void End(CaptureTotals totals, IReadOnlyList<string> files, bool truncated, CaptureDiagnosis? diagnosis = null)
    {
        foreach (ConnectionDiagnosis connection in diagnosis?.Connections ?? [])
        {
            if (ReferenceEquals(_told.GetValueOrDefault(connection.Id), connection.Findings)) continue;
            Begin("findings"u8);
            _writer!.WriteNumber("connection"u8, connection.Id);
            Findings(connection.Findings);
            EndLine();
        }

        if (diagnosis?.Verdict is { } verdict)
        {
            Begin("verdict"u8);
            _findings!.Verdict(verdict);
            EndLine();
        }

        Begin("capture"u8).Capture(totals, files, truncated);
        EndLine();
        Flush();
    }

    /// <summary>Passes on what is written; live, after each batch of packets.</summary>
    public void Flush()
    {
        output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        output.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer?.Dispose();

    private ConnectionJson Begin(ReadOnlySpan<byte> type)
    {
        if (_writer is null) _writer = new Utf8JsonWriter(_buffer, JsonDocumentReport.WriterOptions);
        else _writer.Reset();
        _json ??= new ConnectionJson(_writer, full);
        _findings ??= new FindingJson(_writer, language);
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
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushAt) Flush();
    }
}
