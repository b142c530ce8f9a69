using Trama.Rows.Tables;

namespace Trama.Fleet.Storing;

/// <summary>Counts the rows of a <see cref="StoredTable"/>, and the time that they are of.</summary>
/// <param name="rows">Takes the rows; disposed with it.</param>
/// <param name="schema">The table.</param>
internal sealed class MeasuredRows(TableOutput rows, StoredTable schema) : TableOutput
{
    private readonly int _at = schema.Columns.Index().Single(column => column.Item.Name == StoredTable.At).Index;
    private int _column;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>When the earliest became known; meaningful when there is one.</summary>
    public long FirstAt { get; private set; } = long.MaxValue;

    /// <summary>When the latest became known; meaningful when there is one.</summary>
    public long LastAt { get; private set; } = long.MinValue;

    /// <inheritdoc/>
    public override void Add(long? value)
    {
        if (_column++ == _at && value is { } at) (FirstAt, LastAt) = (Math.Min(FirstAt, at), Math.Max(LastAt, at));
        rows.Add(value);
    }

    /// <inheritdoc/>
    public override void Add(bool? value)
    {
        _column++;
        rows.Add(value);
    }

    /// <inheritdoc/>
    public override void AddText(ReadOnlySpan<byte> utf8)
    {
        _column++;
        rows.AddText(utf8);
    }

    /// <inheritdoc/>
    public override void EndRow()
    {
        (_column, Count) = (0, Count + 1);
        rows.EndRow();
    }

    /// <inheritdoc/>
    public override void Complete(string capture) => rows.Complete(capture);

    /// <inheritdoc/>
    public override void Dispose() => rows.Dispose();
}
