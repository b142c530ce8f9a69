using System.Buffers.Binary;

namespace Trama.Packets.Link;

/// <summary>
/// A view of the header of an 802.11 data frame, IEEE 802.11 section 9.3.2. Made only by <see cref="TryParse"/>, so no getter can fail.
/// </summary>
public readonly ref struct WirelessHeader
{
    /// <summary>The length of the header without optional fields, in bytes.</summary>
    public const int MinimumLength = 24;

    /// <summary>Where the kind of the frame and its flags are, least significant byte first.</summary>
    public const int FrameControlAt = 0;

    /// <summary>The bits of the frame control that tell version and type.</summary>
    public const ushort TypeMask = 0x000f;

    /// <summary>Those bits of a data frame.</summary>
    public const ushort DataType = 0x0008;

    /// <summary>The bit, in a data frame, of one that carries none.</summary>
    public const ushort NoData = 0x0040;

    /// <summary>The bit, in a data frame, of one with a quality of service field.</summary>
    public const ushort QualityOfService = 0x0080;

    /// <summary>The bits of a frame between two access points, which has a fourth address.</summary>
    public const ushort FourAddresses = 0x0300;

    /// <summary>The bit of a frame whose contents are encrypted.</summary>
    public const ushort Protected = 0x4000;

    /// <summary>The bit, in a frame with quality of service, of a field that controls the rate.</summary>
    public const ushort RateControl = 0x8000;

    private const int AddressLength = EthernetHeader.AddressLength;
    private const int QualityLength = 2;
    private const int RateControlLength = 4;

    // In the quality of service field: the frame carries several, each with an Ethernet-like header.
    private const byte IsAggregate = 0x80;

    private readonly ReadOnlySpan<byte> _bytes;

    private readonly ushort _control;

    private WirelessHeader(ReadOnlySpan<byte> bytes, ushort control)
    {
        _bytes = bytes;
        _control = control;
    }

    /// <summary>Views the start of <paramref name="bytes"/> as the header of a data frame.</summary>
    /// <remarks>
    /// Some controllers of access points swap the two bytes of the frame control in what they tunnel; such frames are understood too.
    /// </remarks>
    /// <returns>Malformed when the frame is another one than one with data.</returns>
    public static ParseStatus TryParse(ReadOnlySpan<byte> bytes, out WirelessHeader header)
    {
        header = default;
        if (bytes.Length < MinimumLength) return ParseStatus.Truncated;
        ushort control = BinaryPrimitives.ReadUInt16LittleEndian(bytes[FrameControlAt..]);
        if ((control & TypeMask) != DataType) control = BinaryPrimitives.ReverseEndianness(control);
        if ((control & TypeMask) != DataType || (control & NoData) != 0) return ParseStatus.Malformed;
        int length = MinimumLength;
        if ((control & FourAddresses) == FourAddresses) length += AddressLength;
        if ((control & QualityOfService) != 0) length += (control & RateControl) != 0 ? QualityLength + RateControlLength : QualityLength;
        if (length > bytes.Length) return ParseStatus.Truncated;
        header = new WirelessHeader(bytes[..length], control);
        return ParseStatus.Complete;
    }

    /// <summary>The header's length with its optional fields, 24 to 36 bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Whether what follows is encrypted.</summary>
    public bool IsProtected => (_control & Protected) != 0;

    /// <summary>Whether several frames follow, each with addresses and a length of its own.</summary>
    public bool HasSeveral => (_control & QualityOfService) != 0 && (_bytes[QualityAt] & IsAggregate) != 0;

    private int QualityAt => MinimumLength + ((_control & FourAddresses) == FourAddresses ? AddressLength : 0);
}
