namespace Trama.Tracing;

/// <summary>A few words, kept in memory that is used again.</summary>
internal struct KeptText
{
    private const int MaxBytes = 256;

    private byte[]? _bytes;
    private int _length;

    /// <summary>The words, in UTF-8.</summary>
    public readonly ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Whether there are none.</summary>
    public readonly bool IsEmpty => _length == 0;

    /// <summary>Keeps other words, or the first of them.</summary>
    public void Keep(ReadOnlySpan<byte> text)
    {
        _length = Math.Min(text.Length, MaxBytes);
        if (_length == 0) return;
        if (_bytes is null || _bytes.Length < _length) _bytes = new byte[_length];
        text[.._length].CopyTo(_bytes);
    }
}
