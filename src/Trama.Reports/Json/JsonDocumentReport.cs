using System.Text.Encodings.Web;
using System.Text.Json;
using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>
/// Writes <c>trace --json</c>: one document with the capture and its connections, in the order in which they ended. The
/// tracker must keep exchanges. Connections are written as they end, so that none has to be held.
/// </summary>
public sealed class JsonDocumentReport : ITraceSink, IDisposable
{
    private const int FlushAt = 64 * 1024;
    private readonly Stream _output;
    private readonly Utf8JsonWriter _writer;
    private readonly ConnectionJson _json;

    /// <summary>Begins the document.</summary>
    /// <param name="output">Where the document goes.</param>
    /// <param name="full">Whether messages are written as far as the tracker kept them, and not just their first 256 bytes.</param>
    public JsonDocumentReport(Stream output, bool full = false)
    {
        _output = output;
        _writer = new Utf8JsonWriter(output, WriterOptions);
        _json = new ConnectionJson(_writer, full);
        _writer.WriteStartObject();
        _writer.WriteStartArray("connections"u8);
    }

    // Text stays readable: only what JSON itself demands is escaped. The output is a document of its own, not part of a page.
    internal static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        _writer.WriteStartObject();
        _json.Connection(connection);
        _writer.WriteStartArray("exchanges"u8);
        for (int i = 0; i < connection.Exchanges.Count; i++)
        {
            _writer.WriteStartObject();
            _json.Exchange(connection.Exchanges[i]);
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
        _writer.WriteStartArray("findings"u8);
        _writer.WriteEndArray();
        _writer.WriteEndObject();
        if (_writer.BytesPending >= FlushAt) _writer.Flush();
    }

    /// <summary>Ends the document.</summary>
    /// <param name="totals">What the tracker was given.</param>
    /// <param name="files">The names of the captures.</param>
    /// <param name="truncated">Whether a capture ended in the middle of a record.</param>
    public void End(CaptureTotals totals, IReadOnlyList<string> files, bool truncated)
    {
        _writer.WriteEndArray();
        _writer.WriteStartObject("capture"u8);
        _json.Capture(totals, files, truncated);
        _writer.WriteEndObject();
        _writer.WriteEndObject();
        _writer.Flush();
        _output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // What was not told to end is not to be seen: the writer would pass on the beginning of a document.
        _writer.Reset();
        _writer.Dispose();
    }
}
