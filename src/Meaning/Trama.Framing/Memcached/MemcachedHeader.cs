using System.Buffers.Binary;

namespace Trama.Framing.Memcached;

/// <summary>What every packet of the binary protocol begins with.</summary>
/// <param name="Opcode">The command.</param>
/// <param name="KeyLength">The bytes of the key, behind the extras.</param>
/// <param name="ExtrasLength">The bytes of the extras.</param>
/// <param name="Status">Of a reply how it ended.</param>
/// <param name="BodyLength">The bytes of extras, key and value.</param>
/// <param name="Opaque">What the client chose, and the reply repeats.</param>
internal readonly record struct MemcachedHeader(byte Opcode, ushort KeyLength, byte ExtrasLength, ushort Status, uint BodyLength,
    uint Opaque)
{
    /// <summary>Its size in bytes.</summary>
    public const int Size = 24;

    /// <summary>The first byte of a request.</summary>
    public const byte Request = 0x80;

    /// <summary>The first byte of a reply.</summary>
    public const byte Reply = 0x81;

    /// <summary>The longest key.</summary>
    public const int MaxKey = 250;

    private const uint MaxBody = 0x0800_0000;
    private const int TypeAt = 5;

    /// <summary>Where the key begins in the packet.</summary>
    public int KeyAt => Size + ExtrasLength;

    /// <summary>The bytes of the packet.</summary>
    public long Length => Size + (long)BodyLength;

    /// <summary>Reads one from at least <see cref="Size"/> bytes.</summary>
    public static MemcachedHeader Read(ReadOnlySpan<byte> bytes) => new(
        bytes[1], BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), bytes[4], BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]));

    /// <summary>Whether bytes, at least <see cref="Size"/>, are a packet that such a sender says.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes, byte magic)
    {
        if (bytes[0] != magic || bytes[TypeAt] != 0) return false;
        MemcachedHeader header = Read(bytes);
        return MemcachedOpcode.IsKnown(header.Opcode) && header.KeyLength <= MaxKey && header.BodyLength <= MaxBody
            && header.KeyLength + header.ExtrasLength <= header.BodyLength && header.ExtrasLength <= MemcachedOpcode.MostExtras
            && (magic == Request || header.Status <= MemcachedStatus.Last);
    }

    /// <summary>Whether bytes begin with a packet, as far as they go.</summary>
    public static Likeness Resembles(ReadOnlySpan<byte> bytes, byte magic) => bytes.Length >= Size
        ? IsOne(bytes, magic) ? Likeness.Yes : Likeness.No
        : bytes[0] == magic && (bytes.Length < 2 || MemcachedOpcode.IsKnown(bytes[1])) && (bytes.Length <= TypeAt || bytes[TypeAt] == 0)
            ? Likeness.Open : Likeness.No;

    /// <summary>Whether bytes begin with a packet that can be told for certain, and how long it is.</summary>
    public static Likeness Judge(ReadOnlySpan<byte> bytes, byte magic, out long length)
    {
        Likeness likeness = Resembles(bytes, magic);
        length = likeness == Likeness.Yes ? Read(bytes).Length : 0;
        return likeness;
    }
}
