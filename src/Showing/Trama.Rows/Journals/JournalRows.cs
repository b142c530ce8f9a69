using Trama.Rows.Tables;

namespace Trama.Rows.Journals;

/// <summary>
/// Gives the rows of one table of a journal to a table of today: columns that it has not are absent, others are left out; all of them when
/// nobody wants the table.
/// </summary>
internal sealed class JournalRows
{
    private readonly ColumnKind[] _kinds;
    private readonly (bool IsThere, long Number, Range Text)[] _cells;
    private readonly int[] _from;
    private readonly TableOutput? _output;
    private readonly IReadOnlyList<Column> _columns;

    /// <summary>Prepares it.</summary>
    public JournalRows(TableSchema written, (TableSchema Schema, TableOutput Output)? wanted)
    {
        _kinds = [.. written.Columns.Select(column => column.Kind)];
        _cells = new (bool, long, Range)[_kinds.Length];
        (_columns, _output) = (wanted?.Schema.Columns ?? [], wanted?.Output);
        List<string> names = [.. written.Columns.Select(column => column.Name)];
        _from = [.. _columns.Select(column => names.IndexOf(column.Name) is >= 0 and var at && _kinds[at] == column.Kind ? at : -1)];
    }

    /// <summary>Hands on the row at the front of bytes, and takes it away; false when there is none that is whole.</summary>
    public bool TryRead(ref ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> all = bytes;
        for (int i = 0; i < _kinds.Length; i++)
        {
            if (!VariableLength.TryReadVariable(ref bytes, out ulong first)) return false;
            _cells[i] = (first != JournalTable.Absent, 0, default);
            switch (_kinds[i])
            {
                case ColumnKind.Number when first != JournalTable.Absent:
                    if (!VariableLength.TryReadZigZag(ref bytes, out long number)) return false;
                    _cells[i].Number = number;
                    break;
                case ColumnKind.Flag:
                    _cells[i].Number = (long)first - 1;
                    break;
                case ColumnKind.Text:
                    if (first > (ulong)bytes.Length) return false;
                    int start = all.Length - bytes.Length;
                    _cells[i].Text = start..(start + (int)first);
                    bytes = bytes[(int)first..];
                    break;
                default: break;
            }
        }

        if (_output is not null) Put(all, _output);
        return true;
    }

    private void Put(ReadOnlySpan<byte> bytes, TableOutput output)
    {
        for (int i = 0; i < _from.Length; i++)
        {
            (bool isThere, long number, Range text) = _from[i] < 0 ? default : _cells[_from[i]];
            switch (_columns[i].Kind)
            {
                case ColumnKind.Number: output.Add(isThere ? number : null); break;
                case ColumnKind.Flag: output.Add(isThere ? number == 1 : (bool?)null); break;
                default: output.AddText(bytes[text]); break;
            }
        }

        output.EndRow();
    }
}
