namespace Trama.Dump.Transport;

/// <summary>The value of one TCP option while it is printed.</summary>
internal ref struct TcpOption(Dissection dissection, PacketBytes bytes, int length, int left)
{
    private readonly Dissection _dissection = dissection;
    private readonly int _left = left;

    /// <summary>The captured bytes from the value on.</summary>
    public PacketBytes Bytes { get; } = bytes;

    /// <summary>The value's length as the option claims it.</summary>
    public int Length { get; } = length;

    /// <summary>How many bytes of the value the printer took.</summary>
    public int Used { get; set; }

    /// <summary>Whether the first <paramref name="count"/> bytes are inside the options and were captured.</summary>
    public readonly TcpOptionEnd Check(int count)
    {
        if (count > _left) return TcpOptionEnd.Bad;
        if (_dissection.IsCut || !Bytes.Has(count)) return TcpOptionEnd.Truncated;
        return TcpOptionEnd.Fine;
    }

    /// <summary>Takes the first <paramref name="count"/> bytes, however long the option says it is.</summary>
    public TcpOptionEnd Take(int count)
    {
        Used = count;
        return Check(count);
    }

    /// <summary>Takes the whole value.</summary>
    public TcpOptionEnd TakeAll() => Take(Length);
}

/// <summary>How the printing of an option ended.</summary>
internal enum TcpOptionEnd
{
    /// <summary>The list goes on.</summary>
    Fine,

    /// <summary>The option contradicts itself or the header's length.</summary>
    Bad,

    /// <summary>The capture ended inside the option.</summary>
    Truncated,
}
