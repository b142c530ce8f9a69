using System.Buffers.Binary;

namespace Trama.Scrubbing.Mapping;

/// <summary>The stand-ins of addresses: of IP, prefix by prefix, and of devices.</summary>
public sealed class AddressMap
{
    // Beyond that, what was mapped is mapped anew when it is met again.
    private const int MaxKept = 1 << 16;
    private const int EmbeddedAt = 12;

    // Addresses of IPv4 within IPv6 (RFC 4291 section 2.5.5.2).
    private static readonly byte[] Embedding = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

    private readonly ScrubKey _key;
    private readonly PrefixMap _ipv4, _ipv6;
    private readonly Dictionary<uint, uint> _known4 = [];
    private readonly Dictionary<UInt128, UInt128> _known6 = [];

    /// <summary>Makes the map of a key.</summary>
    public AddressMap(ScrubKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
        _ipv4 = new PrefixMap(key, ScrubPurpose.Ipv4,
            ([0, 0, 0, 0], 32), ([255, 255, 255, 255], 32), ([10], 8), ([127], 8), ([172, 16], 12), ([192, 168], 16), ([169, 254], 16),
            ([224], 4));
        _ipv6 = new PrefixMap(key, ScrubPurpose.Ipv6, (new byte[EmbeddedAt], 96), (Embedding, 96), ([0xfe, 0x80], 10), ([0xfc], 7),
            ([0xff], 8));
    }

    /// <summary>Puts in the place of an address of 4 or 16 bytes its stand-in.</summary>
    public void Map(Span<byte> address)
    {
        if (address.Length == sizeof(uint)) Map4(address);
        else if (address.StartsWith(Embedding)) Map4(address[EmbeddedAt..]);
        else Map6(address);
    }

    /// <summary>Puts in the place of a device's address (MAC, EUI-64) its stand-in: whether it is a group's stays, nothing else.</summary>
    public void MapHardware(Span<byte> address)
    {
        if (address.IsEmpty || !address.ContainsAnyExcept((byte)0) || !address.ContainsAnyExcept((byte)0xff)) return;
        int group = address[0] & 1;
        _key.Fill(_key.Hash(ScrubPurpose.Hardware, address), address);
        // Locally administered, as whatever nobody bought (IEEE 802).
        address[0] = (byte)(address[0] & ~1 | 2 | group);
    }

    private void Map4(Span<byte> address)
    {
        uint original = BinaryPrimitives.ReadUInt32BigEndian(address);
        if (_known4.TryGetValue(original, out uint known))
        {
            BinaryPrimitives.WriteUInt32BigEndian(address, known);
            return;
        }

        _ipv4.Map(address);
        if (_known4.Count >= MaxKept) _known4.Clear();
        _known4.Add(original, BinaryPrimitives.ReadUInt32BigEndian(address));
    }

    private void Map6(Span<byte> address)
    {
        // The one that names nobody.
        if (!address.ContainsAnyExcept((byte)0)) return;
        UInt128 original = BinaryPrimitives.ReadUInt128BigEndian(address);
        if (_known6.TryGetValue(original, out UInt128 known))
        {
            BinaryPrimitives.WriteUInt128BigEndian(address, known);
            return;
        }

        _ipv6.Map(address);
        if (_known6.Count >= MaxKept) _known6.Clear();
        _known6.Add(original, BinaryPrimitives.ReadUInt128BigEndian(address));
    }
}
