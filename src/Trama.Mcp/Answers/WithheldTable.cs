using Trama.Rows.Tables;

namespace Trama.Mcp.Answers;

/// <summary>Passes the rows of a table on without what is withheld.</summary>
internal sealed class WithheldTable(TableOutput table, TableSchema schema, Disclosure disclosure) : TableOutput
{
    private int _column;

    /// <inheritdoc/>
    public override void Add(long? value)
    {
        _column++;
        table.Add(value);
    }

    /// <inheritdoc/>
    public override void Add(bool? value)
    {
        _column++;
        table.Add(value);
    }

    /// <inheritdoc/>
    public override void AddText(ReadOnlySpan<byte> utf8) => table.AddText(disclosure.Of(schema.Columns[_column++], utf8));

    /// <inheritdoc/>
    public override void EndRow()
    {
        _column = 0;
        table.EndRow();
    }

    /// <inheritdoc/>
    public override void Complete(string capture) => table.Complete(capture);

    /// <inheritdoc/>
    public override void Dispose() => table.Dispose();
}
