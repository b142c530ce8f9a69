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
    private IReadOnlyList<ResultColumn> _columns = [];
    private JsonEncodedText[] _names = [];

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<ResultColumn> columns)
    {
        _columns = columns;
        _names = [.. columns.Select(column => JsonEncodedText.Encode(column.Name, s_options.Encoder))];
        _writer.WriteStartArray();
    }

    /// <inheritdoc/>
    public void Row(in ResultRow row)
    {
        _writer.WriteStartObject();
        for (int i = 0; i < _columns.Count; i++)
        {
            if (!row.TryGet(i, out ReadOnlySpan<byte> text)) continue;
            bool isRaw = _columns[i].Kind is ResultKind.Number or ResultKind.Flag
                || (_columns[i].Kind == ResultKind.Fraction && !text.ContainsAny("in"u8));
            _writer.WritePropertyName(_names[i]);
            if (_columns[i].Kind == ResultKind.Nested) Nested(text);
            else if (isRaw) _writer.WriteRawValue(text, skipInputValidation: true);
            else _writer.WriteStringValue(text);
        }

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

    // DuckDB's own JSON escapes control characters, but not what reorders text.
    private void Nested(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        document.WriteTo(_writer);
    }
}
