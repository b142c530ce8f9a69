using System.Buffers;
using Trama.Rows.Tables;

namespace Trama.Rows.Journals;

/// <summary>Writes each row of a table as bytes of its own, for a journal: the table's number, then each column.</summary>
/// <param name="table">The table's number in the journal.</param>
/// <param name="row">Takes a row, once it is complete; valid during the call.</param>
public sealed class JournalTable(int table, Action<ReadOnlyMemory<byte>> row) : TableOutput
{
    /// <summary>A column without value; others begin with a number that is greater.</summary>
    internal const ulong Absent = 0;

    private readonly ArrayBufferWriter<byte> _row = new(1024);

    /// <inheritdoc/>
    public override void Add(long? value)
    {
        Begin();
        _row.WriteVariable(value is null ? Absent : 1UL);
        if (value is { } known) _row.WriteZigZag(known);
    }

    /// <inheritdoc/>
    public override void Add(bool? value)
    {
        Begin();
        _row.WriteVariable(value is { } known ? known ? 2UL : 1UL : Absent);
    }

    /// <inheritdoc/>
    public override void AddText(ReadOnlySpan<byte> utf8)
    {
        Begin();
        _row.WriteVariable((ulong)utf8.Length);
        _row.Write(utf8);
    }

    /// <inheritdoc/>
    public override void EndRow()
    {
        row(_row.WrittenMemory);
        _row.ResetWrittenCount();
    }

    /// <inheritdoc/>
    public override void Complete(string capture)
    {
        // A row is complete by itself.
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // Nothing is held.
    }

    private void Begin()
    {
        if (_row.WrittenCount == 0) _row.WriteVariable((ulong)table);
    }
}
