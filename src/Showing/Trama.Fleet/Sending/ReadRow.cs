using System.Globalization;
using System.Text;
using Trama.Rows.Journals;
using Trama.Rows.Tables;

namespace Trama.Fleet.Sending;

/// <summary>A row of a fleet's table, read back.</summary>
public sealed class ReadRow
{
    private readonly FleetTable _table;
    private readonly long?[] _numbers;
    private readonly string[] _texts;

    internal ReadRow(FleetTable table) =>
        (_table, _numbers, _texts) = (table, new long?[table.Columns.Count], new string[table.Columns.Count]);

    /// <summary>A column's number; null when it is absent, or the table has none of that name.</summary>
    public long? Number(string column) => IndexOf(column) is >= 0 and var at ? _numbers[at] : null;

    /// <summary>A column's text; empty when it is absent, or the table has none of that name.</summary>
    public string Text(string column) => IndexOf(column) is >= 0 and var at ? _texts[at] : "";

    /// <summary>Forgets the row before.</summary>
    internal void Clear()
    {
        Array.Clear(_numbers);
        Array.Fill(_texts, "");
    }

    /// <summary>Sets a column to what a database says of it in text.</summary>
    internal void Set(int column, ReadOnlySpan<byte> text)
    {
        if (_table.Columns[column].Kind == ColumnKind.Text) _texts[column] = Encoding.UTF8.GetString(text);
        else _numbers[column] = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number
            : text.SequenceEqual("true"u8) ? 1 : text.SequenceEqual("false"u8) ? 0 : null;
    }

    /// <summary>Reads the rows of a message's journal.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="row">Takes the table and the row, which is reused after the call.</param>
    /// <returns>How that ended; what is not <see cref="JournalEnd.Whole"/> was read in part.</returns>
    public static JournalEnd Each(byte[] journal, Action<FleetTable, ReadRow> row) => Journal.Read(new MemoryStream(journal), name =>
        FleetTable.All.FirstOrDefault(table => table.Name == name) is { } table ? (table, new Filler(new ReadRow(table), row)) : null);

    private int IndexOf(string column)
    {
        for (int i = 0; i < _table.Columns.Count; i++)
            if (_table.Columns[i].Name == column) return i;
        return -1;
    }

    private sealed class Filler(ReadRow row, Action<FleetTable, ReadRow> take) : TableOutput
    {
        private int _column;

        public override void Add(long? value) => (row._numbers[_column], row._texts[_column++]) = (value, "");

        public override void Add(bool? value) => Add(value is { } known ? known ? 1L : 0 : null);

        public override void AddText(ReadOnlySpan<byte> utf8) =>
            (row._numbers[_column], row._texts[_column++]) = (null, Encoding.UTF8.GetString(utf8));

        public override void EndRow()
        {
            take(row._table, row);
            _column = 0;
        }

        public override void Complete(string capture)
        {
            // A row is complete by itself.
        }

        public override void Dispose()
        {
            // Nothing is held.
        }
    }
}
