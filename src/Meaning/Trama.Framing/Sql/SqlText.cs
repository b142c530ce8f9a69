namespace Trama.Framing.Sql;

/// <summary>
/// Words for a statement: white space and comments folded, and constants behind PASSWORD, IDENTIFIED and the like left out. As a shape,
/// constants become <c>?</c> and lists of them one <c>?</c>, so that statements of a kind read alike.
/// </summary>
internal static class SqlText
{
    private static readonly byte[][] Verbs =
    [
        .. new[]
        {
            "select", "insert", "update", "delete", "with", "begin", "commit", "rollback", "set", "show", "create", "drop",
            "alter", "start", "copy", "declare", "fetch", "explain", "truncate", "call", "savepoint", "release", "deallocate",
            "discard", "listen", "values", "merge", "replace", "use", "do", "describe", "desc", "load", "lock", "unlock",
            "grant", "revoke", "analyze", "optimize", "flush", "kill", "prepare", "execute", "xa", "rename", "repair",
        }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    /// <summary>Writes a statement, or the beginning of one.</summary>
    /// <param name="statement">Its bytes, in an encoding that agrees with ASCII.</param>
    /// <param name="asShape">Whether constants are taken out.</param>
    /// <param name="text">Gets the words.</param>
    /// <param name="dialect">How constants and comments are written.</param>
    /// <returns>Whether it may hold a password.</returns>
    public static bool Write(ReadOnlySpan<byte> statement, bool asShape, ref ShortText text, SqlDialect dialect = SqlDialect.Standard)
    {
        text.Clear();
        var tokens = new SqlTokens(statement, dialect);
        var words = new SqlWords(asShape);
        while (tokens.TryNext(out SqlTokenKind kind, out ReadOnlySpan<byte> token)) words.Take(kind, token, ref text);
        return words.HasSecret;
    }

    /// <summary>Writes a statement, or the beginning of one, both ways.</summary>
    /// <param name="statement">Its bytes, in an encoding that agrees with ASCII.</param>
    /// <param name="text">Gets the words.</param>
    /// <param name="shape">Gets those of its shape.</param>
    public static void Write(ReadOnlySpan<byte> statement, ref ShortText text, ref ShortText shape)
    {
        text.Clear();
        shape.Clear();
        var tokens = new SqlTokens(statement);
        var words = new SqlWords(asShape: false);
        var shaped = new SqlWords(asShape: true);
        while (!(text.IsFull && shape.IsFull) && tokens.TryNext(out SqlTokenKind kind, out ReadOnlySpan<byte> token))
        {
            words.Take(kind, token, ref text);
            shaped.Take(kind, token, ref shape);
        }
    }

    /// <summary>Whether a text begins as statements do.</summary>
    public static bool IsStatement(ReadOnlySpan<byte> text)
    {
        var tokens = new SqlTokens(text);
        while (tokens.TryNext(out SqlTokenKind kind, out ReadOnlySpan<byte> token))
        {
            if (kind == SqlTokenKind.Space) continue;
            foreach (byte[] verb in Verbs)
                if (Is(token, verb)) return true;
            return false;
        }

        return false;
    }

    /// <summary>
    /// Whether a word is one behind which passwords stand; a column of their hashes, which is the application's, is none.
    /// </summary>
    public static bool IsSecretWord(ReadOnlySpan<byte> word)
    {
        word = word.Trim("\"`[]"u8);
        return Is(word, "identified"u8) || Ends(word, "password"u8) || Ends(word, "passwd"u8) || Ends(word, "passphrase"u8);
    }

    /// <summary>Whether a text holds a word behind which passwords stand: CREATE ROLE … PASSWORD '…', IDENTIFIED BY '…' REPLACE '…',
    /// MASTER_PASSWORD = '…', INSERT INTO users (name, password) VALUES ('…', '…').</summary>
    public static bool NamesSecret(ReadOnlySpan<byte> text) => Holds(text, "passw"u8) || Holds(text, "identified"u8);

    private static bool Ends(ReadOnlySpan<byte> word, ReadOnlySpan<byte> lowerCase) =>
        word.Length >= lowerCase.Length && Is(word[^lowerCase.Length..], lowerCase);

    private static bool Holds(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase)
    {
        for (int at = 0; at + lowerCase.Length <= text.Length; at++)
            if ((text[at] | 0x20) == lowerCase[0] && Is(text.Slice(at, lowerCase.Length), lowerCase)) return true;
        return false;
    }

    /// <summary>Whether a token is a word, in whatever case.</summary>
    internal static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> lowerCase) => System.Text.Ascii.EqualsIgnoreCase(word, lowerCase);
}
