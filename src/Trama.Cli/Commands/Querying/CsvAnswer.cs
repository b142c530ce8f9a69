using System.Buffers;
using System.Text;
using Trama.Rows.Csv;
using Trama.Rows.Sql;

namespace Trama.Cli.Commands.Querying;

/// <summary>Writes an answer as CSV.</summary>
internal sealed class CsvAnswer(Stream output) : IAnswer
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private IReadOnlyList<ResultColumn> _columns = [];

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<ResultColumn> columns)
    {
        _columns = columns;
        for (int i = 0; i < columns.Count; i++) Cell(i, Encoding.UTF8.GetBytes(columns[i].Name), isNumber: false);
        EndLine();
    }

    /// <inheritdoc/>
    public void Row(in ResultRow row)
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            row.TryGet(i, out ReadOnlySpan<byte> text);
            Cell(i, text, _columns[i].Kind is ResultKind.Number or ResultKind.Fraction);
        }

        EndLine();
    }

    /// <inheritdoc/>
    public void End()
    {
        // Every line is written.
    }

    private void Cell(int column, ReadOnlySpan<byte> text, bool isNumber)
    {
        if (column > 0) _line.Write(","u8);
        if (isNumber) _line.Write(text);
        else CsvText.WriteText(_line, Encoding.UTF8.GetBytes(AnswerText.Of(text)));
    }

    private void EndLine()
    {
        _line.Write("\r\n"u8);
        output.Write(_line.WrittenSpan);
        _line.ResetWrittenCount();
    }
}
