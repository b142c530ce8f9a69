namespace Trama.Framing;

/// <summary>A few words about a message, put together from its bytes; what does not fit ends in an ellipsis.</summary>
/// <param name="capacity">The most bytes of the text.</param>
internal struct ShortText(int capacity)
{
    /// <summary>The most bytes of a text, where nothing else is said.</summary>
    public const int Capacity = 160;

    private static ReadOnlySpan<byte> Ellipsis => "…"u8;

    private readonly int _capacity = capacity;
    private byte[]? _bytes;
    private int _length;
    private bool _full;

    /// <summary>The text.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Whether there is no text.</summary>
    public readonly bool IsEmpty => _length == 0;

    /// <summary>Whether it ends in an ellipsis, and takes no more.</summary>
    public readonly bool IsFull => _full;

    /// <summary>Begins a new text.</summary>
    public void Clear()
    {
        _length = 0;
        _full = false;
    }

    /// <summary>Appends bytes, or as many as fit.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        if (_full) return;
        _bytes ??= new byte[_capacity == 0 ? Capacity : _capacity];
        int room = _bytes.Length - Ellipsis.Length - _length;
        _full = text.Length > room;
        if (_full) text = text[..room];
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
        if (!_full) return;
        // No character is cut in two.
        while (_length > 0 && (_bytes[_length - 1] & 0xc0) == 0x80) _length--;
        if (_length > 0 && _bytes[_length - 1] >= 0xc0) _length--;
        Ellipsis.CopyTo(_bytes.AsSpan(_length));
        _length += Ellipsis.Length;
    }

    /// <summary>Appends a number.</summary>
    public void Add(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out int length, default, System.Globalization.CultureInfo.InvariantCulture);
        Add(digits[..length]);
    }
}
