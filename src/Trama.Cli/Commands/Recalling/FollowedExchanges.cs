using System.Text;
using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Reports.Text;
using Trama.Rows.Sql;
using static Trama.Cli.Commands.Recalling.HistoryLines;

namespace Trama.Cli.Commands.Recalling;

/// <summary>Exchanges as they come, a line each; the columns are those of <see cref="HistoryLines"/>.</summary>
/// <param name="output">Where they go.</param>
/// <param name="language">The language.</param>
internal sealed class FollowedExchanges(Stream output, Language language) : IAnswer
{
    private readonly bool _ascii = Terminal.Options(language).Ascii;

    /// <summary>What is asked for those that became known after one moment and up to another.</summary>
    public static string Question(long after, long upTo, string where) => $"""
        SELECT {HistoryLines.Columns} FROM exchanges e LEFT JOIN connections c ON c.id = e.connection AND c.runAt = e.runAt
        WHERE e.happenedAt > {after} AND e.happenedAt <= {upTo} AND {where} ORDER BY e.happenedAt, e.runAt, e.connection, e."index"
        """;

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<ResultColumn> columns)
    {
        // What they are is known.
    }

    /// <inheritdoc/>
    public void Row(in ResultRow row)
    {
        string what = Text(row, 3) is { Length: > 0 } operation ? operation : Size(row, 5), status = Text(row, 4);
        if (status.Length == 0 && Number(row, 6) is null) status = language.Pick("no reply", "sem resposta");
        string[] parts = [PastTime.Of(Number(row, 0) ?? 0), $"{Text(row, 1)} {(_ascii ? "->" : "→")} {Text(row, 2)}", what, status,
            Size(row, 6), Number(row, 9) is { } total ? DurationText.Of(total, language, _ascii) : ""];
        output.Write(Encoding.UTF8.GetBytes(string.Join("  ", parts.Where(part => part.Length > 0)) + "\n"));
    }

    /// <inheritdoc/>
    public void End()
    {
        // More comes.
    }

    private string Size(in ResultRow row, int column) => Number(row, column) is { } bytes ? SizeText.Of(bytes, language) : "";
}
