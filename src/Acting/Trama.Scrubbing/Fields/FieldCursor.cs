namespace Trama.Scrubbing.Fields;

/// <summary>Reads the fields of a message one after the other; beyond its end everything is zero and empty.</summary>
internal ref struct FieldCursor(ReadOnlySpan<byte> bytes, int at = 0)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Where the next field is.</summary>
    public int At { get; private set; } = Math.Clamp(at, 0, bytes.Length);

    /// <summary>Whether a field went on beyond the end.</summary>
    public bool IsCut { get; private set; }

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _bytes.Length - At;

    /// <summary>Takes some bytes, or as many as there are.</summary>
    /// <returns>Where they begin, and how many they are.</returns>
    public (int From, int Length) Take(long length)
    {
        int from = At, taken = (int)Math.Clamp(length, 0, Left);
        IsCut |= taken != length;
        At += taken;
        return (from, taken);
    }

    /// <summary>Takes what a zero ends, and the zero.</summary>
    public (int From, int Length) TakeText()
    {
        int end = _bytes[At..].IndexOf((byte)0);
        if (end < 0)
        {
            IsCut = true;
            return Take(Left);
        }

        (int, int) text = Take(end);
        At++;
        return text;
    }

    /// <summary>A number whose first byte is the greatest.</summary>
    public long Big(int size)
    {
        long number = 0;
        (int from, int length) = Take(size);
        if (length < size) return 0;
        foreach (byte part in _bytes.Slice(from, length)) number = number << 8 | part;
        return size == sizeof(int) ? (int)number : number;
    }

    /// <summary>A number whose last byte is the greatest.</summary>
    public long Little(int size)
    {
        long number = 0;
        (int from, int length) = Take(size);
        if (length < size) return 0;
        for (int at = length - 1; at >= 0; at--) number = number << 8 | _bytes[from + at];
        return size == sizeof(int) ? (int)number : number;
    }

    /// <summary>A number of seven bits a byte, the last ones first, as MQTT and Protocol Buffers have them.</summary>
    public long Varint()
    {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            long part = Big(1);
            number |= (part & 0x7f) << shift;
            if (part < 0x80) break;
        }

        return number;
    }

    /// <summary>The next byte, which stays the next; 0 at the end.</summary>
    public readonly byte Peek => Left > 0 ? _bytes[At] : (byte)0;
}
