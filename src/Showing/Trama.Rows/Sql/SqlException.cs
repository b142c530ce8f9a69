namespace Trama.Rows.Sql;

/// <summary>A question has no answer.</summary>
/// <param name="failure">Why.</param>
/// <param name="detail">DuckDB's words, or the name of a file or function.</param>
public sealed class SqlException(SqlFailure failure, string detail) : Exception($"{failure}: {detail}")
{
    /// <summary>Why.</summary>
    public SqlFailure Failure { get; } = failure;

    /// <summary>DuckDB's words, or the name of a file or function; it may hold any character.</summary>
    public string Detail { get; } = detail;
}
