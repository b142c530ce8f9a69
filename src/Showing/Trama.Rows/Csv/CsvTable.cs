using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Trama.Rows.Tables;

namespace Trama.Rows.Csv;

/// <summary>Writes a table as CSV (RFC 4180), with a line of names first.</summary>
internal sealed class CsvTable : TableOutput
{
    private const int FlushAt = 64 * 1024;

    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _text = new();
    private bool _isInRow;

    /// <summary>Begins a file.</summary>
    public CsvTable(Stream output, TableSchema schema)
    {
        _output = output;
        foreach (Column column in schema.Columns) AddText(Encoding.UTF8.GetBytes(column.Name));
        EndRow();
    }

    /// <inheritdoc/>
    public override void Add(long? value)
    {
        const int longest = 20;
        Separate();
        if (value is not { } known) return;
        Utf8Formatter.TryFormat(known, _text.GetSpan(longest), out int length);
        _text.Advance(length);
    }

    /// <inheritdoc/>
    public override void Add(bool? value)
    {
        Separate();
        if (value is { } known) _text.Write(known ? "true"u8 : "false"u8);
    }

    /// <inheritdoc/>
    public override void AddText(ReadOnlySpan<byte> utf8)
    {
        Separate();
        CsvText.WriteText(_text, utf8);
    }

    /// <inheritdoc/>
    public override void EndRow()
    {
        _text.Write("\r\n"u8);
        _isInRow = false;
        if (_text.WrittenCount >= FlushAt) Flush();
    }

    /// <inheritdoc/>
    public override void Complete(string capture) => Flush();

    /// <inheritdoc/>
    public override void Dispose() => _output.Dispose();

    private void Separate()
    {
        if (_isInRow) _text.Write(","u8);
        _isInRow = true;
    }

    private void Flush()
    {
        _output.Write(_text.WrittenSpan);
        _text.ResetWrittenCount();
    }
}
