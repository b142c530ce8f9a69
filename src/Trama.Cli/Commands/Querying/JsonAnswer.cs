using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Trama.Rows.Sql;

namespace Trama.Cli.Commands.Querying;

/// <summary>Writes an answer as a JSON array with an object a row; what has no value is absent, as everywhere.</summary>
internal sealed class JsonAnswer(Stream output) : IAnswer, IDisposable
{
    // Letters as they are; what hides or reorders text is escaped.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly Utf8JsonWriter _writer = new(output, s_options);
    private JsonCells? _cells;

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<ResultColumn> columns)
    {
        _cells = new JsonCells(columns, s_options.Encoder);
        _writer.WriteStartArray();
    }

    /// <inheritdoc/>
    public void Row(in ResultRow row)
    {
        _writer.WriteStartObject();
        _cells!.Write(row, _writer);
        _writer.WriteEndObject();
        _writer.Flush();
    }

    /// <inheritdoc/>
    public void End()
    {
        _writer.WriteEndArray();
        _writer.Flush();
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
