using System.Text.Json;
using Trama.Rows.Tables;

namespace Trama.Mcp.Answers;

/// <summary>Writes the rows of a table as JSON objects; what is absent has no member.</summary>
internal sealed class JsonTable(TableSchema schema, RowList rows) : TableOutput
{
    private readonly JsonEncodedText[] _names = [.. schema.Columns.Select(column => JsonEncodedText.Encode(column.Name))];
    private int _column;
    private bool _isWanted;

    /// <inheritdoc/>
    public override void Add(long? value)
    {
        if (Next() is { } name && value is { } known) rows.Writer.WriteNumber(name, known);
    }

    /// <inheritdoc/>
    public override void Add(bool? value)
    {
        if (Next() is { } name && value is { } known) rows.Writer.WriteBoolean(name, known);
    }

    /// <inheritdoc/>
    public override void AddText(ReadOnlySpan<byte> utf8)
    {
        if (Next() is { } name && !utf8.IsEmpty) rows.Writer.WriteString(name, utf8);
    }

    /// <inheritdoc/>
    public override void EndRow()
    {
        if (_isWanted) rows.End();
        _column = 0;
    }

    /// <inheritdoc/>
    public override void Complete(string capture)
    {
        // Whoever answers takes the list.
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // The list is the answer's.
    }

    private JsonEncodedText? Next()
    {
        if (_column == 0) _isWanted = rows.Begin();
        JsonEncodedText name = _names[_column++];
        return _isWanted ? name : null;
    }
}
