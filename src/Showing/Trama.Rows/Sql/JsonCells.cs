using System.Text.Encodings.Web;
using System.Text.Json;

namespace Trama.Rows.Sql;

/// <summary>Writes the rows of an answer as members of JSON objects; what has no value is absent.</summary>
/// <param name="columns">The columns.</param>
/// <param name="encoder">How names are written.</param>
public sealed class JsonCells(IReadOnlyList<ResultColumn> columns, JavaScriptEncoder? encoder)
{
    // Deeper than any value: a statement has brackets for each of its lists, and not as many.
    private static readonly JsonDocumentOptions s_nested = new() { MaxDepth = StatementCheck.MaxDepth };

    private readonly JsonEncodedText[] _names = [.. columns.Select(column => JsonEncodedText.Encode(column.Name, encoder))];

    /// <summary>Writes the members of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="writer">Where they go.</param>
    public void Write(in ResultRow row, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        for (int i = 0; i < columns.Count; i++)
        {
            if (!row.TryGet(i, out ReadOnlySpan<byte> text)) continue;
            bool isRaw = columns[i].Kind is ResultKind.Number or ResultKind.Flag
                || (columns[i].Kind == ResultKind.Fraction && !text.ContainsAny("in"u8));
            writer.WritePropertyName(_names[i]);
            if (columns[i].Kind == ResultKind.Nested) Nested(text, writer);
            else if (isRaw) writer.WriteRawValue(text, skipInputValidation: true);
            else writer.WriteStringValue(text);
        }
    }

    // DuckDB's own JSON escapes control characters, but not what reorders text.
    private static void Nested(ReadOnlySpan<byte> json, Utf8JsonWriter writer)
    {
        using JsonDocument document = JsonDocument.Parse(StandardJson.Of(json), s_nested);
        document.WriteTo(writer);
    }
}
