using System.Text;
using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Reports.Text;
using Trama.Rows.Sql;

namespace Trama.Cli.Commands.Querying;

/// <summary>Shows an answer as a table: as wide as the terminal, or elsewhere as it needs to be. It has a most of rows.</summary>
internal sealed class TableAnswer(Stream output, Language language) : IAnswer
{
    private const int MostRows = 10_000;
    private const int LongestCell = 1000;

    private TextTable _table = new();
    private int _columns;
    private long _rows;

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<ResultColumn> columns)
    {
        _columns = columns.Count;
        _table = new TextTable([.. columns.Select(column =>
            (AnswerText.Of(Encoding.UTF8.GetBytes(column.Name)), column.Kind is ResultKind.Number or ResultKind.Fraction, 0))]);
    }

    /// <inheritdoc/>
    public void Row(in ResultRow row)
    {
        if (_rows++ >= MostRows) return;
        var cells = new string[_columns];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = row.TryGet(i, out ReadOnlySpan<byte> text) ? AnswerText.Of(text) : "";
            if (cells[i].Length > LongestCell) cells[i] = cells[i][..LongestCell];
        }

        _table.Add(cells);
    }

    /// <inheritdoc/>
    public void End()
    {
        TextOptions options = Terminal.Options(language);
        var text = new StyledText(options.Colour);
        _table.Draw(text, Console.IsOutputRedirected ? options with { Width = int.MaxValue } : options);
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        if (_rows <= MostRows) return;
        Console.Error.WriteLine(language.Pick($"trama: {_rows - MostRows} more rows; --csv, --json and --parquet have all",
            $"trama: mais {_rows - MostRows} linhas; --csv, --json e --parquet têm todas"));
    }
}
