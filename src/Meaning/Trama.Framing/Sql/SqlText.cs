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
        bool isSecret = false, spaced = false, hasSecret = false;
        // In a shape, "?, ?, ?" is "?": the comma waits until something else than a constant follows it.
        bool afterConstant = false, commaWaits = false;
        while (tokens.TryNext(out SqlTokenKind kind, out ReadOnlySpan<byte> token))
        {
            if (kind == SqlTokenKind.Space)
            {
                spaced = !text.IsEmpty;
                continue;
            }

            bool isConstant = kind is SqlTokenKind.String or SqlTokenKind.Number;
            if (asShape && afterConstant && token is [(byte)','])
            {
                (commaWaits, spaced) = (true, false);
                continue;
            }

            if (asShape && commaWaits && isConstant)
            {
                (commaWaits, spaced) = (false, false);
                continue;
            }

            if (commaWaits) text.Add(","u8);
            if (spaced) text.Add(" "u8);
            (commaWaits, spaced) = (false, false);
            bool isHidden = isSecret ? CanBeSecret(kind, token) : kind == SqlTokenKind.String && NamesSecret(token);
            if (asShape && (isConstant || isHidden)) text.Add("?"u8);
            else if (isHidden) text.Add("'…'"u8);
            else text.Add(token);
            afterConstant = isConstant;
            hasSecret |= isHidden;
            if (kind == SqlTokenKind.Word) isSecret = NamesSecret(token) || (isSecret && IsBetweenWord(token));
        }

        return hasSecret;
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

    /// <summary>Whether a text holds a word behind which passwords stand: CREATE ROLE … PASSWORD '…', IDENTIFIED BY '…' REPLACE '…',
    /// MASTER_PASSWORD = '…', INSERT INTO users (name, password) VALUES ('…', '…').</summary>
    public static bool NamesSecret(ReadOnlySpan<byte> text) => Holds(text, "passw"u8) || Holds(text, "identified"u8);

    private static bool Holds(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase)
    {
        for (int at = 0; at + lowerCase.Length <= text.Length; at++)
            if ((text[at] | 0x20) == lowerCase[0] && Is(text.Slice(at, lowerCase.Length), lowerCase)) return true;
        return false;
    }

    // A password, or a hash of one; in one dialect or another, text in double quotes too.
    private static bool CanBeSecret(SqlTokenKind kind, ReadOnlySpan<byte> token) =>
        kind == SqlTokenKind.String || token is [(byte)'"', ..] or [(byte)'0', (byte)'x' or (byte)'X', ..];

    private static bool IsBetweenWord(ReadOnlySpan<byte> word) => !Is(word, "select"u8) && !Is(word, "from"u8) && !Is(word, "where"u8);

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> lowerCase) => System.Text.Ascii.EqualsIgnoreCase(word, lowerCase);
}
