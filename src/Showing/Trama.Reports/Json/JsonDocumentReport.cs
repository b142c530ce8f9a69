using System.Text.Encodings.Web;
using System.Text.Json;
using Trama.Diagnosis;
using Trama.Reports.Forms;
using Trama.Tracing;

namespace Trama.Reports.Json;

/// <summary>
/// Writes <c>trace --json</c> and <c>diagnose --json</c>: one document with the capture, its connections in the order in which they
/// ended, and the verdict. What a connection's findings are is known when the capture is over; until then exchanges and connections wait as
/// text, in a temporary file when they are many.
/// </summary>
public sealed class JsonDocumentReport : IForm, IShardedSink
{
    private readonly FormSettings _settings;
    private readonly Stream _output;
    private readonly JsonText _text = new();
    private readonly Utf8JsonWriter _writer;
    private readonly ConnectionJson _json;
    private readonly ExchangeJson _exchange;
    private readonly FindingJson _findings;
    private readonly ExchangeSpool _exchanges = new();
    private readonly SpillStream _connections = new();
    private readonly List<WrittenConnection> _written = [];

    /// <summary>Makes the report; nothing is written before <see cref="End"/>.</summary>
    public JsonDocumentReport(FormSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (_settings, _output) = (settings, settings.Output);
        _writer = new Utf8JsonWriter(_text, WriterOptions);
        _json = new ConnectionJson(_writer);
        _exchange = new ExchangeJson(_text, settings.Full);
        _findings = new FindingJson(_writer, settings.Text);
    }

    // Text stays readable: only what JSON itself demands is escaped. The output is a document of its own, not part of a page.
    internal static JsonWriterOptions WriterOptions { get; } = new()
    { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <inheritdoc/>
    public ITraceSink Sink => this;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) =>
        others.WithExchanges(_settings.Full ? FormBounds.WholeBytes : FormBounds.HeadBytes).WithBodies() with
        {
            CompareRepeats = true,
        };

    /// <inheritdoc/>
    public IShardPart OpenPart(int shard) => new ExchangeJsonPart(_settings.Full, asLines: false);

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange)
    {
        _exchange.WriteObject(exchange);
        _exchanges.Add(connection.Id, _text.Visible);
        _text.Clear();
    }

    /// <inheritdoc/>
    public void ExchangeTold(Connection connection, ReadOnlySpan<byte> text) => _exchanges.Add(connection.Id, text);

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        long before = _connections.Length;
        _writer.WriteStartObject();
        _json.Connection(connection);
        _connections.Write(Written());
        _connections.Write(",\"exchanges\":["u8);
        long end = _connections.Length;
        IReadOnlyList<ExchangeSpool.Piece> first = _exchanges.MoveTo(_connections, connection.Id);
        _connections.Write("]"u8);
        _written.Add(new WrittenConnection(connection.Id, end - before, first, _connections.Length - end));
    }

    /// <summary>Writes the document.</summary>
    public void End(TracedCapture capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        CaptureDiagnosis diagnosis = capture.Diagnosis;
        _writer.WriteStartObject();
        _writer.WriteStartObject("capture"u8);
        _json.Capture(capture);
        _writer.WriteEndObject();
        _writer.WritePropertyName("connections"u8);
        _output.Write(Written());
        _output.Write("["u8);
        Connections(diagnosis.Connections.ToDictionary(connection => connection.Id, connection => connection.Findings));
        _output.Write("]"u8);
        if (diagnosis.Verdict is { } verdict)
        {
            _output.Write(",\"verdict\":"u8);
            _writer.WriteStartObject();
            _findings.Verdict(verdict);
            _writer.WriteEndObject();
            _output.Write(Written());
        }

        _output.Write("}\n"u8);
        _output.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _exchanges.Dispose();
        _connections.Dispose();
    }

    private void Connections(Dictionary<long, IReadOnlyList<Finding>> findings)
    {
        _connections.Rewind();
        for (int i = 0; i < _written.Count; i++)
        {
            if (i > 0) _output.Write(","u8);
            _connections.CopyTo(_output, _written[i].Length);
            _exchanges.CopyTo(_output, _written[i].Exchanges);
            _connections.CopyTo(_output, _written[i].Rest);
            _output.Write(",\"findings\":"u8);
            _findings.Findings(findings.GetValueOrDefault(_written[i].Id, []));
            _output.Write(Written());
            _output.Write("}"u8);
        }
    }

    // What the writer has written since the last call, valid until it writes again; it starts anew, and so puts no comma in front.
    private ReadOnlySpan<byte> Written()
    {
        _writer.Flush();
        ReadOnlySpan<byte> bytes = _text.Visible;
        _text.Clear();
        _writer.Reset();
        return bytes;
    }

    // What stands in the stream of connections, the first exchanges, which stand elsewhere, and what follows those in the stream.
    private readonly record struct WrittenConnection(long Id, long Length, IReadOnlyList<ExchangeSpool.Piece> Exchanges, long Rest);
}
