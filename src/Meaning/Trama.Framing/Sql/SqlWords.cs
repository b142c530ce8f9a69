namespace Trama.Framing.Sql;

/// <summary>Writes a statement token by token.</summary>
/// <param name="asShape">Whether constants are taken out.</param>
internal struct SqlWords(bool asShape)
{
    private bool _isSecret;
    private bool _spaced;

    // In a shape, "?, ?, ?" is "?": the comma waits until something else than a constant follows it.
    private bool _afterConstant;
    private bool _commaWaits;

    /// <summary>Whether it may hold a password.</summary>
    public bool HasSecret { get; private set; }

    /// <summary>Takes the next token.</summary>
    public void Take(SqlTokenKind kind, ReadOnlySpan<byte> token, ref ShortText text)
    {
        if (kind == SqlTokenKind.Space)
        {
            _spaced = !text.IsEmpty;
            return;
        }

        bool isConstant = kind is SqlTokenKind.String or SqlTokenKind.Number;
        if (asShape && IsOfList(isConstant, token)) return;
        if (_commaWaits) text.Add(","u8);
        if (_spaced) text.Add(" "u8);
        (_commaWaits, _spaced) = (false, false);
        bool isHidden = _isSecret ? CanBeSecret(kind, token) : kind == SqlTokenKind.String && SqlText.NamesSecret(token);
        if (asShape && (isConstant || isHidden)) text.Add("?"u8);
        else if (isHidden) text.Add("'…'"u8);
        else text.Add(token);
        _afterConstant = isConstant;
        HasSecret |= isHidden;
        if (kind == SqlTokenKind.Word) _isSecret = SqlText.IsSecretWord(token) || (_isSecret && IsBetweenWord(token));
    }

    private bool IsOfList(bool isConstant, ReadOnlySpan<byte> token)
    {
        bool isComma = _afterConstant && token is [(byte)','];
        if (!isComma && !(_commaWaits && isConstant)) return false;
        (_commaWaits, _spaced) = (isComma, false);
        return true;
    }

    // A password, or a hash of one; in one dialect or another, text in double quotes too.
    private static bool CanBeSecret(SqlTokenKind kind, ReadOnlySpan<byte> token) =>
        kind == SqlTokenKind.String || token is [(byte)'"', ..] or [(byte)'0', (byte)'x' or (byte)'X', ..];

    private static bool IsBetweenWord(ReadOnlySpan<byte> word) =>
        !SqlText.Is(word, "select"u8) && !SqlText.Is(word, "from"u8) && !SqlText.Is(word, "where"u8);
}
