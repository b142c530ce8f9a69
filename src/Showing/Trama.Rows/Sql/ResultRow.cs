using Trama.Rows.Sql.Native;

namespace Trama.Rows.Sql;

/// <summary>A row of a result, valid until the next one.</summary>
public readonly ref struct ResultRow
{
    private readonly ResultReader _rows;

    internal ResultRow(ResultReader rows) => _rows = rows;

    /// <summary>The value of a column as text, in UTF-8, with whatever was in the table.</summary>
    /// <param name="column">Its number, from 0.</param>
    /// <param name="text">The text.</param>
    /// <returns>False when it has none.</returns>
    public bool TryGet(int column, out ReadOnlySpan<byte> text) => _rows.TryGet(column, out text);
}
