using System.Buffers.Binary;

namespace Trama.Packets.Network;

/// <summary>A view of the fixed IPv6 header, RFC 8200 section 3. Made only by <see cref="TryParse"/>, so no getter can fail.</summary>
public readonly ref struct Ipv6Header
{
    /// <summary>The header's length, in bytes.</summary>
    public const int Length = 40;

    /// <summary>Where the version starts; the traffic class and the flow label follow.</summary>
    public const int VersionAt = 0;

    /// <summary>Where the length of what follows the header is.</summary>
    public const int PayloadLengthAt = 4;

    /// <summary>Where the protocol, or extension header, that follows is.</summary>
    public const int NextHeaderAt = 6;

    /// <summary>Where the hop limit is.</summary>
    public const int HopLimitAt = 7;

    /// <summary>Where the sender's address is.</summary>
    public const int SourceAt = 8;

    /// <summary>Where the receiver's address is.</summary>
    public const int DestinationAt = 24;

    private readonly ReadOnlySpan<byte> _bytes;

    private Ipv6Header(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Views the start of <paramref name="bytes"/> as an IPv6 header.</summary>
    /// <param name="bytes">The captured bytes of the packet; what follows the header is left alone.</param>
    /// <param name="header">The view; usable only when the status is <see cref="ParseStatus.Complete"/>.</param>
    /// <returns>Malformed when the version is not 6.</returns>
    public static ParseStatus TryParse(ReadOnlySpan<byte> bytes, out Ipv6Header header)
    {
        header = default;
        if (bytes.Length < Length) return ParseStatus.Truncated;
        if (bytes[VersionAt] >> 4 != 6) return ParseStatus.Malformed;
        header = new Ipv6Header(bytes[..Length]);
        return ParseStatus.Complete;
    }

    /// <summary>The flow label, 20 bits.</summary>
    public int FlowLabel => (int)(BinaryPrimitives.ReadUInt32BigEndian(_bytes) & 0xfffff);

    /// <summary>The length of what follows this header, extension headers included, in bytes; 0 in jumbograms.</summary>
    public ushort PayloadLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[PayloadLengthAt..]);

    /// <summary>The protocol, or extension header, that follows.</summary>
    public IpProtocol NextHeader => (IpProtocol)_bytes[NextHeaderAt];

    /// <summary>How many more routers the packet may pass.</summary>
    public byte HopLimit => _bytes[HopLimitAt];

    /// <summary>The sender's address.</summary>
    public IpAddress Source => IpAddress.FromBytes(_bytes.Slice(SourceAt, 16));

    /// <summary>The receiver's address.</summary>
    public IpAddress Destination => IpAddress.FromBytes(_bytes.Slice(DestinationAt, 16));
}
