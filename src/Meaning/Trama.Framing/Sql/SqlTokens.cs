namespace Trama.Framing.Sql;

/// <summary>Walks over a statement token by token; always advances.</summary>
internal ref struct SqlTokens(ReadOnlySpan<byte> statement, SqlDialect dialect = SqlDialect.Standard)
{
    private ReadOnlySpan<byte> _rest = statement;

    /// <summary>Takes the next token; false at the end, which a NUL is too.</summary>
    public bool TryNext(out SqlTokenKind kind, out ReadOnlySpan<byte> token)
    {
        kind = default;
        token = default;
        if (_rest.IsEmpty || _rest[0] == 0) return false;
        int length = dialect == SqlDialect.Mysql ? MeasureMysql(_rest, out kind) : 0;
        if (length == 0) length = Measure(_rest, out kind);
        token = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    // Where MySQL differs; 0 elsewhere.
    private static int MeasureMysql(ReadOnlySpan<byte> text, out SqlTokenKind kind) => text switch
    {
        [(byte)'"', ..] => With(SqlTokenKind.String, EndOfQuoted(text, 0, escapes: true), out kind),
        [(byte)'#', ..] => With(SqlTokenKind.Space, To(text, text.IndexOf((byte)'\n'), 0), out kind),
        [(byte)'-', (byte)'-', > (byte)' ', ..] => With(SqlTokenKind.Sign, 1, out kind),
        [(byte)'/', (byte)'*', (byte)'!', ..] => With(SqlTokenKind.Space, 3 + Digits(text[3..]), out kind),
        [(byte)'/', (byte)'*', (byte)'M', (byte)'!', ..] => With(SqlTokenKind.Space, 4 + Digits(text[4..]), out kind),
        [(byte)'*', (byte)'/', ..] => With(SqlTokenKind.Space, 2, out kind),
        _ => With(SqlTokenKind.Space, 0, out kind),
    };

    private static int Digits(ReadOnlySpan<byte> text)
    {
        int digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits < 0 ? text.Length : digits;
    }

    private static int Measure(ReadOnlySpan<byte> text, out SqlTokenKind kind)
    {
        byte first = text[0];
        byte second = text.Length > 1 ? text[1] : (byte)0;
        switch (first)
        {
            case <= (byte)' ':
                return With(SqlTokenKind.Space, EndOfSpaces(text), out kind);
            case (byte)'-' when second == '-':
                return With(SqlTokenKind.Space, To(text, text.IndexOf((byte)'\n'), 0), out kind);
            case (byte)'/' when second == '*':
                return With(SqlTokenKind.Space, To(text, text[2..].IndexOf("*/"u8), 4), out kind);
            case (byte)'\'':
                return With(SqlTokenKind.String, EndOfQuoted(text, 0, escapes: true), out kind);
            case (byte)'E' or (byte)'e' or (byte)'B' or (byte)'b' or (byte)'X' or (byte)'x' or (byte)'N' or (byte)'n' when second == '\'':
                return With(SqlTokenKind.String, EndOfQuoted(text, 1, escapes: true), out kind);
            case (byte)'"' or (byte)'`':
                return With(SqlTokenKind.Word, EndOfQuoted(text, 0, escapes: false), out kind);
            case (byte)'$' when second is not (>= (byte)'0' and <= (byte)'9'):
                int tag = text[1..].IndexOf((byte)'$');
                if (tag < 0 || !IsWord(text.Slice(1, tag))) return With(SqlTokenKind.Sign, 1, out kind);
                return With(SqlTokenKind.String, To(text, text[(tag + 2)..].IndexOf(text[..(tag + 2)]), 2 * (tag + 2)), out kind);
            case >= (byte)'0' and <= (byte)'9':
                return With(SqlTokenKind.Number, EndOfNumber(text), out kind);
        }

        bool isWord = IsWord(first) || first is (byte)'$' or (byte)'@' or (byte)':' && IsWord(second);
        return isWord ? With(SqlTokenKind.Word, 1 + EndOfWord(text[1..]), out kind) : With(SqlTokenKind.Sign, 1, out kind);
    }

    private static int With(SqlTokenKind found, int length, out SqlTokenKind kind)
    {
        kind = found;
        return length;
    }

    // Up to what was found and its own length; all of it when it was not.
    private static int To(ReadOnlySpan<byte> text, int found, int length) => found < 0 ? text.Length : found + length;

    private static int EndOfSpaces(ReadOnlySpan<byte> text)
    {
        int at = 1;
        while (at < text.Length && text[at] is <= (byte)' ' and not 0) at++;
        return at;
    }

    // A quote doubled or behind a backslash is part of the text.
    private static int EndOfQuoted(ReadOnlySpan<byte> text, int at, bool escapes)
    {
        byte quote = text[at++];
        while (at < text.Length)
        {
            byte value = text[at++];
            if (value == '\\' && escapes && at < text.Length) at++;
            else if (value == quote && (at == text.Length || text[at] != quote)) return at;
            else if (value == quote) at++;
        }

        return text.Length;
    }

    private static int EndOfNumber(ReadOnlySpan<byte> text)
    {
        int at = 1;
        while (at < text.Length && (IsWord(text[at]) || text[at] == '.' || text[at] is (byte)'+' or (byte)'-'
            && text[at - 1] is (byte)'e' or (byte)'E')) at++;
        return at;
    }

    private static int EndOfWord(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && (IsWord(text[at]) || text[at] == '$')) at++;
        return at;
    }

    private static bool IsWord(ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
            if (!IsWord(value)) return false;
        return true;
    }

    private static bool IsWord(byte value) =>
        value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_'
            or >= 0x80;
}
