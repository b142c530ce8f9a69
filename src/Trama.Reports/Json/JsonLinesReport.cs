using System.Buffers;
using System.Text.Json;
using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>
/// Writes <c>trace --ndjson</c>: one object a line, each with a <c>type</c>: <c>exchange</c> as soon as it is complete (with
/// the number of its connection), <c>connection</c> when it ends, <c>capture</c> last.
/// </summary>
/// <param name="output">Where the lines go.</param>
/// <param name="full">Whether messages are written as far as the tracker kept them, and not just their first 256 bytes.</param>
public sealed class JsonLinesReport(Stream output, bool full = false) : ITraceSink, IDisposable
{
    private const int FlushAt = 64 * 1024;
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt * 2);
    private Utf8JsonWriter? _writer;
    private ConnectionJson? _json;

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
        EndLine();
    }

    /// <summary>Writes the line of the capture, the last one.</summary>
    /// <param name="totals">What the tracker was given.</param>
    /// <param name="files">The names of the captures.</param>
    /// <param name="truncated">Whether a capture ended in the middle of a record.</param>
    public void End(CaptureTotals totals, IReadOnlyList<string> files, bool truncated)
    {
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
        _writer.WriteStartObject();
        _writer.WriteString("type"u8, type);
        return _json;
    }

    private void EndLine()
    {
        _writer!.WriteEndObject();
        _writer.Flush();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushAt) Flush();
    }
}
