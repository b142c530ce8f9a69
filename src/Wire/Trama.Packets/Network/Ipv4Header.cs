using System.Buffers.Binary;

namespace Trama.Packets.Network;

/// <summary>A view of an IPv4 header, RFC 791 section 3.1. Made only by <see cref="TryParse"/>, so no getter can fail.</summary>
public readonly ref struct Ipv4Header
{
    /// <summary>The length of the header without options, in bytes.</summary>
    public const int MinimumLength = 20;

    /// <summary>Where the version, and the header's length in words, are.</summary>
    public const int VersionAndLengthAt = 0;

    /// <summary>Where the type of service is: DSCP and ECN bits (RFC 2474, RFC 3168).</summary>
    public const int TypeOfServiceAt = 1;

    /// <summary>Where the length of the whole packet is.</summary>
    public const int TotalLengthAt = 2;

    /// <summary>Where the identification is.</summary>
    public const int IdentificationAt = 4;

    /// <summary>Where the flags and the fragment offset are.</summary>
    public const int FragmentAt = 6;

    /// <summary>Where the time to live is.</summary>
    public const int TimeToLiveAt = 8;

    /// <summary>Where the protocol of the payload is.</summary>
    public const int ProtocolAt = 9;

    /// <summary>Where the checksum of the header is.</summary>
    public const int ChecksumAt = 10;

    /// <summary>Where the sender's address is.</summary>
    public const int SourceAt = 12;

    /// <summary>Where the receiver's address is.</summary>
    public const int DestinationAt = 16;

    /// <summary>The flag, in the field at <see cref="FragmentAt"/>, that is reserved.</summary>
    public const int ReservedFlag = 0x8000;

    /// <summary>The flag of a packet that routers may not fragment.</summary>
    public const int DontFragmentFlag = 0x4000;

    /// <summary>The flag of a fragment that others follow.</summary>
    public const int MoreFragmentsFlag = 0x2000;

    /// <summary>The bits of the fragment offset, in units of eight bytes.</summary>
    public const int FragmentOffsetMask = 0x1fff;

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
        int length = LengthIn(bytes[VersionAndLengthAt]);
        if (length < MinimumLength) return ParseStatus.Malformed;
        if (length > bytes.Length) return ParseStatus.Truncated;
        header = new Ipv4Header(bytes[..length]);
        return ParseStatus.Complete;
    }

    /// <summary>The header's length with its options, 20 to 60 bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The packet's length with its header, in bytes; 0 in packets captured before segmentation offload filled it in.</summary>
    public ushort TotalLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[TotalLengthAt..]);

    /// <summary>The identification shared by the fragments of a packet.</summary>
    public ushort Identification => BinaryPrimitives.ReadUInt16BigEndian(_bytes[IdentificationAt..]);

    /// <summary>Whether more fragments follow.</summary>
    public bool MoreFragments => (BinaryPrimitives.ReadUInt16BigEndian(_bytes[FragmentAt..]) & MoreFragmentsFlag) != 0;

    /// <summary>Where this fragment's payload starts in the original packet's, in bytes.</summary>
    public int FragmentOffset => (BinaryPrimitives.ReadUInt16BigEndian(_bytes[FragmentAt..]) & FragmentOffsetMask) << 3;

    /// <summary>How many more routers the packet may pass.</summary>
    public byte TimeToLive => _bytes[TimeToLiveAt];

    /// <summary>The protocol of the payload.</summary>
    public IpProtocol Protocol => (IpProtocol)_bytes[ProtocolAt];

    /// <summary>The sender's address.</summary>
    public IpAddress Source => IpAddress.FromBytes(_bytes.Slice(SourceAt, 4));

    /// <summary>The receiver's address.</summary>
    public IpAddress Destination => IpAddress.FromBytes(_bytes.Slice(DestinationAt, 4));

    /// <summary>
    /// The header's length in the byte at <see cref="VersionAndLengthAt"/>, in bytes; what is less than <see cref="MinimumLength"/> is
    /// wrong.
    /// </summary>
    public static int LengthIn(byte field) => (field & 0x0f) << 2;
}
