namespace Trama.Framing;

/// <summary>The first bytes of one side, kept until they tell which protocol it speaks.</summary>
/// <param name="context">What hints at the protocol.</param>
internal sealed class FirstBytes(FramingContext context)
{
    // Where the beginning was missed, so many later pieces are looked at.
    private const int MaxTries = 256;

    private readonly byte[] _bytes = new byte[Protocol.MaxFirst];
    private int _length;
    private int _tries;

    /// <summary>Who said them.</summary>
    public Direction Speaker { get; private set; }

    /// <summary>Where they came from.</summary>
    public Origin Origin { get; private set; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Whether bytes before these were missed, so that a later piece may begin what can be recognised.</summary>
    public bool IsMidway { get; set; } = context.BeginsMidway;

    /// <summary>Tells the protocol of the bytes kept so far, or of others.</summary>
    /// <param name="speaker">Who said them.</param>
    /// <param name="bytes">The bytes, at least one.</param>
    /// <param name="isAll">Whether no more will come to tell.</param>
    /// <param name="protocol">The protocol; null when the bytes fit none.</param>
    /// <returns>False when more bytes are needed to tell.</returns>
    public bool TryTell(Direction speaker, ReadOnlySpan<byte> bytes, bool isAll, out Protocol? protocol) =>
        Recognition.TryTell(speaker, bytes[..Math.Min(bytes.Length, _bytes.Length)], context with { BeginsMidway = IsMidway }, isAll || bytes.Length >= _bytes.Length, out protocol);

    /// <summary>The bytes told nothing. Whether others are to be looked at.</summary>
    public bool TryAgain()
    {
        _length = 0;
        return IsMidway && ++_tries < MaxTries;
    }

    /// <summary>Keeps as many bytes as there is room for, and tells how many.</summary>
    public int Add(Direction speaker, Origin origin, ReadOnlySpan<byte> bytes)
    {
        (Speaker, Origin) = (speaker, IsEmpty ? origin : Origin.To(origin));
        int added = Math.Min(bytes.Length, _bytes.Length - _length);
        bytes[..added].CopyTo(_bytes.AsSpan(_length));
        _length += added;
        return added;
    }
}
