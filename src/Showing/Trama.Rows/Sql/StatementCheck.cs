using System.Text.Json;

namespace Trama.Rows.Sql;

/// <summary>
/// Looks at a statement as DuckDB's own parser took it apart: whether it is one that reads, and calls none of the table functions that
/// read or write anything but tables, print, or change how the database works.
/// </summary>
internal static class StatementCheck
{
    /// <summary>As deep as JSON may stand in JSON: what a statement was taken apart into, and what it answers.</summary>
    public const int MaxDepth = 1000;

    private static readonly HashSet<string> s_harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree", "duckdb_functions", "duckdb_columns",
        "duckdb_keywords", "pg_timezone_names",
    };

    /// <summary>Refuses a statement that is not one that reads.</summary>
    /// <param name="tree">What <c>json_serialize_sql</c> says of it.</param>
    /// <exception cref="SqlException">It is not.</exception>
    public static void ThrowIfUnsafe(ReadOnlySpan<byte> tree)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(StandardJson.Of(tree), new JsonDocumentOptions { MaxDepth = MaxDepth });
            JsonElement root = document.RootElement;
            if (root.GetProperty("error").GetBoolean() || root.GetProperty("statements").GetArrayLength() != 1)
                throw new SqlException(SqlFailure.NotOneSelect, "");
            Visit(root);
        }
        catch (JsonException)
        {
            throw new SqlException(SqlFailure.TooDeep, "");
        }
    }

    private static void Visit(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray()) Visit(item);
            return;
        }

        if (element.ValueKind != JsonValueKind.Object) return;
        if (element.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String
            && type.ValueEquals("TABLE_FUNCTION") && element.TryGetProperty("function", out JsonElement function)
            && function.TryGetProperty("function_name", out JsonElement name) && !s_harmless.Contains(name.GetString() ?? ""))
            throw new SqlException(SqlFailure.FunctionRefused, name.GetString() ?? "");
        foreach (JsonProperty member in element.EnumerateObject()) Visit(member.Value);
    }
}
