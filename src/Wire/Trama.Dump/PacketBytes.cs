using System.Buffers.Binary;
using Trama.Packets.Network;

namespace Trama.Dump;

/// <summary>
/// The captured bytes of a packet from one layer on. Fetching is the bounds check: a field that was not captured reads as
/// zero and ends the line (see <see cref="Dissection"/>).
/// </summary>
internal readonly ref struct PacketBytes(Dissection dissection, ReadOnlySpan<byte> captured)
{
    private readonly Dissection _dissection = dissection;

    /// <summary>The captured bytes.</summary>
    public ReadOnlySpan<byte> Captured { get; } = captured;

    /// <summary>How many bytes were captured.</summary>
    public int Length => Captured.Length;

    /// <summary>Whether the first <paramref name="count"/> bytes were captured.</summary>
    public bool Has(int count) => (uint)count <= (uint)Captured.Length;

    /// <summary>Whether <paramref name="count"/> bytes at <paramref name="offset"/> were captured.</summary>
    public bool Has(int offset, int count) =>
        (uint)offset <= (uint)Captured.Length && (uint)count <= (uint)(Captured.Length - offset);

    /// <summary>The byte at <paramref name="offset"/>.</summary>
    public byte U8(int offset) => Fetch(offset, 1) is [byte value] ? value : (byte)0;

    /// <summary>The 16-bit number at <paramref name="offset"/>, network byte order.</summary>
    public ushort U16(int offset) => Fetch(offset, 2) is { Length: 2 } field ? BinaryPrimitives.ReadUInt16BigEndian(field) : (ushort)0;

    /// <summary>The 24-bit number at <paramref name="offset"/>, network byte order.</summary>
    public uint U24(int offset) => Fetch(offset, 3) is [byte high, byte middle, byte low] ? (uint)(high << 16 | middle << 8 | low) : 0;

    /// <summary>The 32-bit number at <paramref name="offset"/>, network byte order.</summary>
    public uint U32(int offset) => Fetch(offset, 4) is { Length: 4 } field ? BinaryPrimitives.ReadUInt32BigEndian(field) : 0;

    /// <summary>The 64-bit number at <paramref name="offset"/>, network byte order.</summary>
    public ulong U64(int offset) => Fetch(offset, 8) is { Length: 8 } field ? BinaryPrimitives.ReadUInt64BigEndian(field) : 0;

    /// <summary>The 16-bit number at <paramref name="offset"/>, least significant byte first.</summary>
    public ushort LittleU16(int offset) => BinaryPrimitives.ReverseEndianness(U16(offset));

    /// <summary>The 32-bit number at <paramref name="offset"/>, least significant byte first.</summary>
    public uint LittleU32(int offset) => BinaryPrimitives.ReverseEndianness(U32(offset));

    /// <summary>
    /// The <paramref name="count"/> bytes at <paramref name="offset"/>; empty, and the line cut, when not all were captured.
    /// </summary>
    public ReadOnlySpan<byte> Fetch(int offset, int count)
    {
        if (Has(offset, count)) return Captured.Slice(offset, count);
        _dissection.Cut();
        return default;
    }

    /// <summary>The IPv4 address at <paramref name="offset"/>.</summary>
    public IpAddress Ipv4(int offset) => IpAddress.FromIpv4(U32(offset));

    /// <summary>The IPv6 address at <paramref name="offset"/>.</summary>
    public IpAddress Ipv6(int offset) => Fetch(offset, 16) is { Length: 16 } address ? IpAddress.FromBytes(address) : default;

    /// <summary>What follows <paramref name="offset"/>; empty when nothing of it was captured.</summary>
    public PacketBytes From(int offset) => new(_dissection, (uint)offset <= (uint)Captured.Length ? Captured[offset..] : default);

    /// <summary>At most the first <paramref name="count"/> bytes: a layer's own length field narrows what its payload may see.</summary>
    public PacketBytes First(int count) => new(_dissection, (uint)count < (uint)Captured.Length ? Captured[..count] : Captured);
}
