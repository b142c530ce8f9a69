namespace Trama.Framing.Sql;

/// <summary>
/// Words for a statement: white space and comments folded, and what follows PASSWORD or IDENTIFIED left out. As a shape, constants become
/// <c>?</c>
/// and lists of them one <c>?</c>, so that statements of a kind read alike.
/// </summary>
internal static class SqlText
{
    private static readonly byte[][] Verbs =
    [
        .. new[]
        {
            "select", "insert", "update", "delete", "with", "begin", "commit", "rollback", "set", "show", "create", "drop", "alter",
                "start", "copy", "declare",
            "fetch", "explain", "truncate", "call", "savepoint", "release", "deallocate", "discard", "listen", "values", "merge", "replace",
                "use",
        }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    /// <summary>Writes a statement, or the beginning of one.</summary>
    /// <param name="statement">Its bytes, in an encoding that agrees with ASCII.</param>
    /// <param name="asShape">Whether constants are taken out.</param>
    /// <param name="text">Gets the words.</param>
    public static void Write(ReadOnlySpan<byte> statement, bool asShape, ref ShortText text)
    {
        text.Clear();
        var tokens = new SqlTokens(statement);
        bool isSecret = false, spaced = false;
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
            if (isConstant && asShape) text.Add("?"u8);
            else if (isSecret && kind == SqlTokenKind.String) text.Add("'…'"u8);
            else text.Add(token);
            afterConstant = isConstant;
            if (kind == SqlTokenKind.Word) isSecret = IsSecretWord(token) || (isSecret && IsBetweenWord(token));
            else if (kind == SqlTokenKind.String) isSecret = false;
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

    // Behind these, the next string is a password: CREATE ROLE … PASSWORD '…', IDENTIFIED BY '…', SET PASSWORD FOR u = PASSWORD('…').
    private static bool IsSecretWord(ReadOnlySpan<byte> word) => Is(word, "password"u8) || Is(word, "identified"u8);

    private static bool IsBetweenWord(ReadOnlySpan<byte> word) => !Is(word, "select"u8) && !Is(word, "from"u8) && !Is(word, "where"u8);

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> lowerCase) => System.Text.Ascii.EqualsIgnoreCase(word, lowerCase);
}
