using System.Buffers.Binary;

namespace Trama.Packets.Network;

/// <summary>A view of an IPv4 header, RFC 791 section 3.1. Made only by <see cref="TryParse"/>, so no getter can fail.</summary>
public readonly ref struct Ipv4Header
{
    /// <summary>The length of the header without options, in bytes.</summary>
    public const int MinimumLength = 20;

    private const int VersionAndLengthAt = 0;
    private const int TypeOfServiceAt = 1;
    private const int TotalLengthAt = 2;
    private const int IdentificationAt = 4;
    private const int FragmentAt = 6;
    private const int TimeToLiveAt = 8;
    private const int ProtocolAt = 9;
    private const int ChecksumAt = 10;
    private const int SourceAt = 12;
    private const int DestinationAt = 16;

    private readonly ReadOnlySpan<byte> _bytes;

    private Ipv4Header(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Views the start of <paramref name="bytes"/> as an IPv4 header.</summary>
    /// <param name="bytes">The captured bytes of the packet; what follows the header is left alone.</param>
    /// <param name="header">The view; usable only when the status is <see cref="ParseStatus.Complete"/>.</param>
    /// <returns>Malformed when the version is not 4 or the header length is less than five words.</returns>
    public static ParseStatus TryParse(ReadOnlySpan<byte> bytes, out Ipv4Header header)
    {
        header = default;
        if (bytes.Length < MinimumLength) return ParseStatus.Truncated;
        if (bytes[VersionAndLengthAt] >> 4 != 4) return ParseStatus.Malformed;
        int length = (bytes[VersionAndLengthAt] & 0x0f) << 2;
        if (length < MinimumLength) return ParseStatus.Malformed;
        if (length > bytes.Length) return ParseStatus.Truncated;
        header = new Ipv4Header(bytes[..length]);
        return ParseStatus.Complete;
    }

    /// <summary>The header's length with its options, 20 to 60 bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Type of service: DSCP and ECN bits (RFC 2474, RFC 3168).</summary>
    public byte TypeOfService => _bytes[TypeOfServiceAt];

    /// <summary>The packet's length with its header, in bytes; 0 in packets captured before segmentation offload filled it in.</summary>
    public ushort TotalLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[TotalLengthAt..]);

    /// <summary>The identification shared by the fragments of a packet.</summary>
    public ushort Identification => BinaryPrimitives.ReadUInt16BigEndian(_bytes[IdentificationAt..]);

    /// <summary>Whether routers may not fragment the packet.</summary>
    public bool DontFragment => (_bytes[FragmentAt] & 0x40) != 0;

    /// <summary>Whether more fragments follow.</summary>
    public bool MoreFragments => (_bytes[FragmentAt] & 0x20) != 0;

    /// <summary>Where this fragment's payload starts in the original packet's, in bytes.</summary>
    public int FragmentOffset => (BinaryPrimitives.ReadUInt16BigEndian(_bytes[FragmentAt..]) & 0x1fff) << 3;

    /// <summary>How many more routers the packet may pass.</summary>
    public byte TimeToLive => _bytes[TimeToLiveAt];

    /// <summary>The protocol of the payload.</summary>
    public IpProtocol Protocol => (IpProtocol)_bytes[ProtocolAt];

    /// <summary>The header checksum as sent.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[ChecksumAt..]);

    /// <summary>The sender's address.</summary>
    public IpAddress Source => IpAddress.FromBytes(_bytes.Slice(SourceAt, 4));

    /// <summary>The receiver's address.</summary>
    public IpAddress Destination => IpAddress.FromBytes(_bytes.Slice(DestinationAt, 4));

    /// <summary>The options' bytes, 0 to 40 of them.</summary>
    public ReadOnlySpan<byte> Options => _bytes[MinimumLength..];
}
