namespace Trama.Rows.Tables;

/// <summary>A table: its name and its columns, in order.</summary>
public abstract class TableSchema
{
    /// <summary>Its name, such as <c>exchanges</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Its columns, in order.</summary>
    public abstract IReadOnlyList<Column> Columns { get; }
}
