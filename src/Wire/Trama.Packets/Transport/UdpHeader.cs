using System.Buffers.Binary;

namespace Trama.Packets.Transport;

/// <summary>A view of a UDP header, RFC 768. Made only by <see cref="TryParse"/>, so no getter can fail.</summary>
public readonly ref struct UdpHeader
{
    /// <summary>The header's length, in bytes.</summary>
    public const int Length = 8;

    /// <summary>Where the sender's port is.</summary>
    public const int SourcePortAt = 0;

    /// <summary>Where the receiver's port is.</summary>
    public const int DestinationPortAt = 2;

    /// <summary>Where the length is: of the header and what follows, 0 in jumbograms.</summary>
    public const int LengthAt = 4;

    /// <summary>Where the checksum is; 0 says that there is none.</summary>
    public const int ChecksumAt = 6;

    private readonly ReadOnlySpan<byte> _bytes;

    private UdpHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Views the start of <paramref name="bytes"/> as a UDP header; false when the capture ends before it does.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out UdpHeader header)
    {
        header = default;
        if (bytes.Length < Length) return false;
        header = new UdpHeader(bytes[..Length]);
        return true;
    }

    /// <summary>The sender's port.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[SourcePortAt..]);

    /// <summary>The receiver's port.</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[DestinationPortAt..]);
}
