namespace Trama.Rows.Tables;

/// <summary>A table, and how its rows are made.</summary>
/// <typeparam name="T">What a row is made of.</typeparam>
internal sealed class RowTable<T> : TableSchema
{
    private readonly List<Column> _columns = [];
    private readonly List<Action<T, TableOutput>> _puts = [];

    /// <summary>An empty table.</summary>
    public RowTable(string name) => Name = name;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns => _columns;

    /// <summary>Adds a column of numbers.</summary>
    public RowTable<T> Number(string name, Func<T, long?> value) =>
        Add(name, ColumnKind.Number, (row, output) => output.Add(value(row)));

    /// <summary>Adds a column of what is true or false.</summary>
    public RowTable<T> Flag(string name, Func<T, bool?> value) => Add(name, ColumnKind.Flag, (row, output) => output.Add(value(row)));

    /// <summary>Adds a column of texts of this program, or made safe by it.</summary>
    public RowTable<T> Text(string name, Func<T, string?> value) =>
        Add(name, ColumnKind.Text, (row, output) => output.AddName(value(row)));

    /// <summary>Adds a column of what a peer said.</summary>
    public RowTable<T> Said(string name, Func<T, ReadOnlyMemory<byte>> value) =>
        Add(name, ColumnKind.Text, (row, output) => output.AddSaid(value(row).Span));

    /// <summary>Writes a row.</summary>
    public void Write(T row, TableOutput output)
    {
        foreach (Action<T, TableOutput> put in _puts) put(row, output);
        output.EndRow();
    }

    private RowTable<T> Add(string name, ColumnKind kind, Action<T, TableOutput> put)
    {
        _columns.Add(new Column(name, kind));
        _puts.Add(put);
        return this;
    }
}
