using Trama.Rows.Tables;

namespace Trama.Fleet.Storing;

/// <summary>
/// A table as a store has it. Columns more say of each row when it was complete or, of a finding, happened (<c>happenedAt</c>,
/// nanoseconds since the Unix epoch, by the packets' clock) and which run of <c>trama watch</c> it comes from (<c>runAt</c>, when that
/// began, likewise): numbers of connections are those of a run. That of exchanges has
/// <c>standsFor</c>, too.
/// </summary>
public sealed class StoredTable : TableSchema
{
    /// <summary>The column that says when.</summary>
    public const string At = "happenedAt";

    /// <summary>The column that says which run.</summary>
    public const string Run = "runAt";

    /// <summary>The column that says for how many such exchanges a row stands, while not all healthy ones are kept.</summary>
    public const string StandsFor = "standsFor";

    private readonly TableSchema _schema;

    private StoredTable(TableSchema schema)
    {
        _schema = schema;
        Column[] more = [new Column(At, ColumnKind.Number), new Column(Run, ColumnKind.Number)];
        IsThinned = schema.Name == "exchanges";
        Columns = [.. schema.Columns, .. more, .. IsThinned ? [new Column(StandsFor, ColumnKind.Number)] : Array.Empty<Column>()];
    }

    /// <summary>The tables of a store.</summary>
    public static IReadOnlyList<StoredTable> All { get; } =
        [.. RowSchema.Tables.Where(table => table.Name != "packets").Select(table => new StoredTable(table))];

    /// <inheritdoc/>
    public override string Name => _schema.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns { get; }

    /// <summary>Whether not every row of it may be kept.</summary>
    internal bool IsThinned { get; }

    /// <summary>The table of that name; null when a store has none.</summary>
    public static StoredTable? Named(string name) => All.FirstOrDefault(table => table.Name == name);
}
