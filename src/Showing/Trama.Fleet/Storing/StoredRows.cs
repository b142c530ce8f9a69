using Trama.Rows.Tables;

namespace Trama.Fleet.Storing;

/// <summary>Adds to each row what a <see cref="StoredTable"/> has besides.</summary>
/// <param name="rows">Takes the rows; disposed with it.</param>
/// <param name="at">When a row becomes known.</param>
/// <param name="run">When the run began.</param>
/// <param name="standsFor">For how many a row stands; null in a table of which every row is kept.</param>
internal sealed class StoredRows(TableOutput rows, Func<long> at, long run, Func<long>? standsFor) : TableOutput
{
    /// <inheritdoc/>
    public override void Add(long? value) => rows.Add(value);

    /// <inheritdoc/>
    public override void Add(bool? value) => rows.Add(value);

    /// <inheritdoc/>
    public override void AddText(ReadOnlySpan<byte> utf8) => rows.AddText(utf8);

    /// <inheritdoc/>
    public override void EndRow()
    {
        rows.Add(at());
        rows.Add(run);
        if (standsFor is not null) rows.Add(standsFor());
        rows.EndRow();
    }

    /// <inheritdoc/>
    public override void Complete(string capture) => rows.Complete(capture);

    /// <inheritdoc/>
    public override void Dispose() => rows.Dispose();
}
