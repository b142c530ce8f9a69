namespace Trama.Framing;

/// <summary>Bytes that came in pieces, put together; of more than fit, only the beginning.</summary>
/// <param name="most">The most bytes that are kept.</param>
internal struct KeptBytes(int most)
{
    private byte[]? _bytes;

    /// <summary>How many bytes are kept.</summary>
    public int Length { get; private set; }

    /// <summary>Whether more came than fit.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The bytes, valid until the next change.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Takes the next piece.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        IsCut |= piece.Length > most - Length;
        piece = piece[..Math.Min(piece.Length, most - Length)];
        if (_bytes is null || _bytes.Length - Length < piece.Length)
            Array.Resize(ref _bytes, Math.Min(most, Math.Max(64, 2 * (Length + piece.Length))));
        piece.CopyTo(_bytes.AsSpan(Length));
        Length += piece.Length;
    }

    /// <summary>Forgets them; what was large gives its memory back.</summary>
    public void Clear()
    {
        if (_bytes?.Length > 1024) _bytes = null;
        (Length, IsCut) = (0, false);
    }
}
