namespace Trama.Framing.Ldap;

/// <summary>Reads elements of BER as LDAP uses it (RFC 4511 section 5.1): definite lengths, tags of one byte. Behind the end everything is
/// empty.</summary>
internal ref struct BerReader(ReadOnlySpan<byte> bytes)
{
    private const int MostLengthBytes = 4;
    private const int MostNumber = 8;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The tag of the next element; 0 at the end.</summary>
    public readonly byte Tag => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>Whether the last element was cut, or an element did not fit.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads tag and length.</summary>
    /// <param name="bytes">The bytes, at least one.</param>
    /// <param name="size">The bytes of both.</param>
    /// <param name="length">The bytes of the content.</param>
    public static FrameStatus ReadHead(ReadOnlySpan<byte> bytes, out int size, out long length)
    {
        (size, length) = (2, 0);
        if (bytes.Length < 2) return FrameStatus.NeedMore;
        length = bytes[1];
        if (length < 0x80) return FrameStatus.Complete;
        int count = (int)length & 0x7f;
        if (count is 0 or > MostLengthBytes) return FrameStatus.Unfit;
        size = 2 + count;
        if (bytes.Length < size) return FrameStatus.NeedMore;
        length = 0;
        foreach (byte one in bytes[2..size]) length = length << 8 | one;
        return FrameStatus.Complete;
    }

    /// <summary>Takes the content of the next element, or as much of it as there is.</summary>
    public ReadOnlySpan<byte> Take()
    {
        if (IsBroken || _rest.IsEmpty || ReadHead(_rest, out int size, out long length) != FrameStatus.Complete)
        {
            IsBroken = true;
            return default;
        }

        IsBroken = length > _rest.Length - size;
        ReadOnlySpan<byte> content = _rest.Slice(size, (int)Math.Min(length, _rest.Length - size));
        _rest = _rest[(size + content.Length)..];
        return content;
    }

    /// <summary>Takes a number; 0 where there is none.</summary>
    public long TakeNumber() => Number(Take());

    /// <summary>The number that a content is.</summary>
    public static long Number(ReadOnlySpan<byte> content)
    {
        if (content.Length is 0 or > MostNumber) return 0;
        long number = (sbyte)content[0];
        foreach (byte one in content[1..]) number = number << 8 | one;
        return number;
    }
}
