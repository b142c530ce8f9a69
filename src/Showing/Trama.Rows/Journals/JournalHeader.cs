using System.Buffers;
using System.Text;
using Trama.Rows.Tables;

namespace Trama.Rows.Journals;

/// <summary>The first frame of a journal: of which version its tables are, and which columns they have.</summary>
public static class JournalHeader
{
    private const int MaxTables = 64;
    private const int MaxColumns = 1024;

    private static ReadOnlySpan<byte> Magic => "trama rows\n"u8;

    /// <summary>Writes it.</summary>
    public static void Write(IBufferWriter<byte> output, IReadOnlyList<TableSchema> tables)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(tables);
        output.Write(Magic);
        output.WriteVariable(RowSchema.Version);
        output.WriteVariable((ulong)tables.Count);
        foreach (TableSchema table in tables)
        {
            WriteText(output, table.Name);
            output.WriteVariable((ulong)table.Columns.Count);
            foreach (Column column in table.Columns)
            {
                output.WriteVariable((ulong)column.Kind);
                WriteText(output, column.Name);
            }
        }
    }

    /// <summary>Reads it; false when it is none, or damaged.</summary>
    /// <param name="bytes">The frame.</param>
    /// <param name="version">The version of its tables; of one that is newer than <see cref="RowSchema.Version"/> nothing more is
    /// read.</param>
    /// <param name="tables">Its tables.</param>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out ulong version, out JournalSchema[] tables)
    {
        (version, tables) = (0, []);
        if (!bytes.StartsWith(Magic)) return false;
        bytes = bytes[Magic.Length..];
        if (!VariableLength.TryReadVariable(ref bytes, out version)) return false;
        if (version > RowSchema.Version) return true;
        if (!VariableLength.TryReadVariable(ref bytes, out ulong count) || count > MaxTables) return false;
        tables = new JournalSchema[count];
        for (int i = 0; i < tables.Length; i++)
        {
            if (!TryReadText(ref bytes, out string name) || !VariableLength.TryReadVariable(ref bytes, out ulong width)
                || width is 0 or > MaxColumns) return false;
            var columns = new Column[width];
            for (int c = 0; c < columns.Length; c++)
            {
                if (!VariableLength.TryReadVariable(ref bytes, out ulong kind) || kind > (ulong)ColumnKind.Text
                    || !TryReadText(ref bytes, out string column)) return false;
                columns[c] = new Column(column, (ColumnKind)kind);
            }

            tables[i] = new JournalSchema(name, columns);
        }

        return true;
    }

    private static void WriteText(IBufferWriter<byte> output, string text)
    {
        output.WriteVariable((ulong)Encoding.UTF8.GetByteCount(text));
        output.Write(Encoding.UTF8.GetBytes(text));
    }

    private static bool TryReadText(ref ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        if (!VariableLength.TryReadVariable(ref bytes, out ulong length) || length > (ulong)bytes.Length) return false;
        text = Encoding.UTF8.GetString(bytes[..(int)length]);
        bytes = bytes[(int)length..];
        return true;
    }
}
