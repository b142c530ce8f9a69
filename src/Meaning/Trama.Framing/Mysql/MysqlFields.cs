using System.Buffers.Binary;

namespace Trama.Framing.Mysql;

/// <summary>Reads the fields of a payload one by one. What is missing reads as zero or as empty.</summary>
internal ref struct MysqlFields(ReadOnlySpan<byte> payload)
{
    /// <summary>What is not read yet.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = payload;

    /// <summary>Whether a field was not there.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>One byte.</summary>
    public byte U8() => Take(1) is [var value] ? value : (byte)0;

    /// <summary>Two bytes, least significant first.</summary>
    public ushort U16() => Take(2) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)0;

    /// <summary>Four bytes, least significant first.</summary>
    public uint U32() => Take(4) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    /// <summary>A number of one, three, four or nine bytes, as its first byte says.</summary>
    public long Number()
    {
        byte first = U8();
        int size = first switch { 0xfc => 2, 0xfd => 3, 0xfe => 8, _ => 0 };
        if (size == 0) return first;
        Span<byte> value = stackalloc byte[8];
        value.Clear();
        Take(size).CopyTo(value);
        return (long)(BinaryPrimitives.ReadUInt64LittleEndian(value) & long.MaxValue);
    }

    /// <summary>As many bytes.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count > Rest.Length)
        {
            IsBroken = true;
            Rest = default;
            return default;
        }

        ReadOnlySpan<byte> taken = Rest[..(int)count];
        Rest = Rest[(int)count..];
        return taken;
    }

    /// <summary>A text up to its NUL, or to the end.</summary>
    public ReadOnlySpan<byte> Text()
    {
        int end = Rest.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? Rest : Rest[..end];
        Rest = end < 0 ? default : Rest[(end + 1)..];
        return text;
    }
}
