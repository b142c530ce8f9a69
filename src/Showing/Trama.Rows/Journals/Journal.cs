using Trama.Rows.Tables;

namespace Trama.Rows.Journals;

/// <summary>Reads a journal of rows back into tables. One that is written meanwhile, or was cut, is read as far as it is whole.</summary>
public static class Journal
{
    /// <summary>Reads it.</summary>
    /// <param name="source">The file.</param>
    /// <param name="begin">Begins a table for the rows of one with that name, as it is today; null when nobody wants them. Asked once a
    /// table.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static JournalEnd Read(Stream source, Func<string, (TableSchema Schema, TableOutput Output)?> begin)
    {
        ArgumentNullException.ThrowIfNull(begin);
        using var frames = new FrameReader(source);
        if (!frames.TryRead(out ReadOnlySpan<byte> header)) return JournalEnd.Damaged;
        if (!JournalHeader.TryRead(header, out ulong version, out JournalSchema[] written)) return JournalEnd.Damaged;
        if (version > RowSchema.Version) return JournalEnd.Newer;
        JournalRows[] tables = [.. written.Select(table => new JournalRows(table, begin(table.Name)))];
        bool isDamaged = false;
        while (frames.TryRead(out ReadOnlySpan<byte> rows))
        {
            // What a frame holds does not depend on the one before.
            while (!rows.IsEmpty)
            {
                if (VariableLength.TryReadVariable(ref rows, out ulong table) && table < (ulong)tables.Length
                    && tables[table].TryRead(ref rows)) continue;
                isDamaged = true;
                break;
            }
        }

        return isDamaged || frames.HasPassedOver ? JournalEnd.Damaged : frames.IsAtEnd ? JournalEnd.Whole : JournalEnd.Cut;
    }
}
