using System.Buffers;

namespace Trama.Replay.Sending;

/// <summary>Whether a statement of SQL only reads. What is not known to is taken to write: a function may do anything.</summary>
internal static class SqlRisk
{
    // Readers keep no more of a statement than that; what follows is not known.
    private const int LongestKnown = 1024;

    private static readonly SearchValues<char> WordCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$");

    private static readonly HashSet<string> Reading = new(StringComparer.OrdinalIgnoreCase)
    {
        "SELECT", "SHOW", "EXPLAIN", "DESCRIBE", "BEGIN", "START", "COMMIT", "ROLLBACK", "SET", "USE", "TABLE", "VALUES", "PING",
        "QUIT", "LOGIN", "PASSWORD", "STARTUP", "TERMINATE", "SYNC", "FLUSH", "CLOSE", "PARSE", "BIND", "STMT_PREPARE",
        "STMT_CLOSE", "STMT_RESET", "STATISTICS", "INIT_DB", "CHANGE_USER", "RESET_CONNECTION", "SSLREQUEST",
    };

    // SELECT … INTO makes a table or a file, EXPLAIN ANALYZE does what it explains, SET GLOBAL is for everybody.
    private static readonly HashSet<string> Writing = new(StringComparer.OrdinalIgnoreCase)
    {
        "INTO", "ANALYZE", "ANALYSE", "GLOBAL", "PERSIST", "PERSIST_ONLY", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLICA", "SLAVE",
        "GROUP_REPLICATION",
    };

    private static readonly HashSet<string> MayStandBeforeParentheses = new(StringComparer.OrdinalIgnoreCase)
    {
        "ABS", "ALL", "AND", "ANY", "ARRAY_AGG", "AS", "AVG", "BY", "CAST", "CHAR", "COALESCE", "CONCAT", "COUNT", "CURRENT_DATABASE",
        "CURRENT_SCHEMA", "CURRENT_USER", "DATABASE", "DATE", "DATE_TRUNC", "DECIMAL", "DISTINCT", "ELSE", "EXCEPT", "EXISTS", "EXTRACT",
        "FILTER", "FROM", "GREATEST", "GROUP_CONCAT", "HAVING", "IF", "IFNULL", "IN", "INTERSECT", "JOIN", "LEAST", "LENGTH", "LIKE",
        "LIMIT", "LOWER", "MAX", "MIN", "NOT", "NOW", "NULLIF", "NUMERIC", "ON", "OR", "OVER", "RANK", "ROUND", "ROW", "ROW_NUMBER",
        "SELECT", "SOME", "STRING_AGG", "SUBSTR", "SUBSTRING", "SUM", "THEN", "TO_CHAR", "TRIM", "UNION", "UPPER", "USER", "USING",
        "VALUES", "VARCHAR", "VERSION", "WHEN", "WHERE",
    };

    /// <summary>Whether a statement, or what a protocol says beside statements, may change something.</summary>
    public static bool Writes(string statement)
    {
        ReadOnlySpan<char> rest = statement.AsSpan().TrimEnd("; \t\r\n\0");
        if (rest.Length >= LongestKnown || rest.Contains(';')) return true;
        string? first = null;
        while (true)
        {
            int start = rest.IndexOfAny(WordCharacters);
            if (start < 0) break;
            // What stands before the first word may be a remark, which some servers obey.
            if (first is null && rest[..start].ContainsAnyExcept(" \t\r\n(")) return true;
            rest = rest[start..];
            int length = rest.IndexOfAnyExcept(WordCharacters);
            if (length < 0) length = rest.Length;
            string word = rest[..length].ToString();
            rest = rest[length..];
            if (Is(first, "SET") && Is(word, "PASSWORD")) return true;
            if (!Is(first, "SHOW") && Writing.Contains(word)) return true;
            bool isQuoted = rest is ['"' or '`' or ']', ..];
            bool isCalled = (isQuoted ? rest[1..] : rest).TrimStart() is ['(', ..];
            if (isCalled && (isQuoted || !MayStandBeforeParentheses.Contains(word))) return true;
            if (first is null && !Reading.Contains(word)) return true;
            first ??= word;
        }

        return first is null;
    }

    private static bool Is(string? word, string other) => other.Equals(word, StringComparison.OrdinalIgnoreCase);
}
