using System.Text.Json;
using Trama.Rows.Sql;

namespace Trama.Rows.Tests;

/// <summary>Writes each row of an answer as a JSON object.</summary>
internal sealed class JsonCellsAnswer(Utf8JsonWriter writer) : IAnswer
{
    private JsonCells? _cells;

    public void Begin(IReadOnlyList<ResultColumn> columns) => _cells = new JsonCells(columns, null);

    public void Row(in ResultRow row)
    {
        writer.WriteStartObject();
        _cells!.Write(row, writer);
        writer.WriteEndObject();
    }

    public void End()
    {
        // The writer is the test's.
    }
}
