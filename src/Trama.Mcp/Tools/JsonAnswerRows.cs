using Trama.Mcp.Answers;
using Trama.Rows.Sql;

namespace Trama.Mcp.Tools;

/// <summary>Takes the answer to a question as rows.</summary>
internal sealed class JsonAnswerRows(RowList rows) : IAnswer
{
    private JsonCells? _cells;

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<ResultColumn> columns) => _cells = new JsonCells(columns, RowList.Options.Encoder);

    /// <inheritdoc/>
    public void Row(in ResultRow row)
    {
        if (!rows.Begin()) return;
        _cells!.Write(row, rows.Writer);
        rows.End();
    }

    /// <inheritdoc/>
    public void End()
    {
        // The list is the answer's.
    }
}
