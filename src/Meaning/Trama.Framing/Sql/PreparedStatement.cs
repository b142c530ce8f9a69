namespace Trama.Framing.Sql;

/// <summary>The beginning of a statement that was prepared, and the words for it once it is executed: often many times.</summary>
/// <param name="statement">Its bytes.</param>
internal sealed class PreparedStatement(byte[] statement)
{
    private ShortText _text;
    private ShortText _shape;
    private bool _isRead;

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Bytes => statement;

    /// <summary>The statement in words.</summary>
    public ReadOnlySpan<byte> Text => Read()._text.Bytes;

    /// <summary>Its shape in words.</summary>
    public ReadOnlySpan<byte> Shape => Read()._shape.Bytes;

    private PreparedStatement Read()
    {
        if (!_isRead) SqlText.Write(statement, ref _text, ref _shape);
        _isRead = true;
        return this;
    }
}
