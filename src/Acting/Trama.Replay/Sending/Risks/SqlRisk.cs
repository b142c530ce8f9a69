namespace Trama.Replay.Sending.Risks;

/// <summary>Whether a statement of SQL only reads. What is not known to is taken to write: a function may do anything.</summary>
internal static class SqlRisk
{
    // SELECT … INTO makes a table or a file, EXPLAIN ANALYZE does what it explains, SET GLOBAL is for everybody, and so is who may come in.
    private static readonly HashSet<string> Writing = new(StringComparer.OrdinalIgnoreCase)
    {
        "INTO", "ANALYZE", "ANALYSE", "GLOBAL", "PERSIST", "PERSIST_ONLY", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLICA", "SLAVE",
        "GROUP_REPLICATION", "NEXTVAL", "PREPARED", "XA", "CREATE", "DROP", "ALTER", "TRUNCATE", "GRANT", "REVOKE", "EXECUTE", "CALL",
        "OUTFILE", "DUMPFILE",
    };

    // In a batch of Transact-SQL, statements need nothing between them (SET NOCOUNT ON EXEC p): each of its words may begin one.
    private static readonly HashSet<string> WritingInBatch = new(StringComparer.OrdinalIgnoreCase)
    {
        "EXEC", "ADD", "BACKUP", "BULK", "CHECKPOINT", "CONVERSATION", "DBCC", "DENY", "DIALOG", "DISABLE", "ENABLE", "KILL",
        "RECEIVE", "RECONFIGURE", "RENAME", "RESTORE", "REVERT", "SEND", "SETUSER", "SHUTDOWN", "UPDATETEXT", "WRITETEXT",
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

    /// <summary>Whether a statement may change something.</summary>
    /// <param name="statement">The statement, all of it.</param>
    /// <param name="speech">Whose it is.</param>
    public static bool Writes(string statement, SqlSpeech speech)
    {
        ReadOnlySpan<char> rest = statement.AsSpan().TrimEnd("; \t\r\n\0");
        // Readers keep no more of a statement: what follows is not known.
        if (rest.EndsWith('…') || rest.Contains(';')) return true;
        string? first = null, last = null;
        while (true)
        {
            int start = 0;
            while (start < rest.Length && !IsOfWord(rest[start])) start++;
            if (start == rest.Length) break;
            // What stands before the first word may be a remark, which some servers obey.
            if (first is null && rest[..start].ContainsAnyExcept(" \t\r\n(")) return true;
            bool isQualified = start > 0 && rest[start - 1] is '.';
            rest = rest[start..];
            int length = 1;
            while (length < rest.Length && IsOfWord(rest[length])) length++;
            string word = rest[..length].ToString();
            rest = rest[length..];
            if (first is null && !speech.Reading.Contains(word)) return true;
            if (Is(first, "SET") && (Is(word, "PASSWORD") || Is(word, "DEFAULT"))) return true;
            // SHOW CREATE TABLE tells how it was made.
            if (!Is(first, "SHOW") && Writing.Contains(word)) return true;
            if (speech.IsBatch && WritingInBatch.Contains(word)) return true;
            // NEXT VALUE FOR takes a number of a sequence.
            if (Is(last, "NEXT") && Is(word, "VALUE")) return true;
            if (IsCalled(rest, out bool isQuoted) && (isQuoted || isQualified || !MayStandBeforeParentheses.Contains(word))) return true;
            first ??= word;
            last = word;
        }

        return first is null;
    }

    // A letter of any script may be one of a function's name.
    private static bool IsOfWord(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '_' or '$' || (character > 0x7f && !char.IsWhiteSpace(character));

    // Whether parentheses follow a word: behind its closing quote, spaces and remarks.
    private static bool IsCalled(ReadOnlySpan<char> rest, out bool isQuoted)
    {
        isQuoted = rest is ['"' or '`' or ']', ..];
        if (isQuoted) rest = rest[1..];
        while (true)
        {
            rest = rest.TrimStart();
            int end = rest is ['/', '*', ..] ? rest.IndexOf("*/") + 2 : rest is ['-', '-', ..] or ['#', ..] ? rest.IndexOf('\n') + 1 : -1;
            if (end < 0) return rest is ['(', ..];
            // A remark that never ends, or in which another begins, may end anywhere.
            if (end < 2 || rest[2..end].Contains("/*", StringComparison.Ordinal)) return rest.Contains('(');
            rest = rest[end..];
        }
    }

    private static bool Is(string? word, string other) => other.Equals(word, StringComparison.OrdinalIgnoreCase);
}
