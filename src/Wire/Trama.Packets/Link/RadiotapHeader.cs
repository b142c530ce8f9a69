using System.Buffers.Binary;

namespace Trama.Packets.Link;

/// <summary>
/// A view of a radiotap header, which a device puts before an 802.11 frame. Made only by <see cref="TryParse"/>, so no getter can fail.
/// </summary>
public readonly ref struct RadiotapHeader
{
    /// <summary>The length of the header without the fields that it announces, in bytes.</summary>
    public const int MinimumLength = 8;

    /// <summary>Where the version is; 0 is the only one.</summary>
    public const int VersionAt = 0;

    /// <summary>Where the length of the whole header is, least significant byte first.</summary>
    public const int LengthAt = 2;

    /// <summary>Where the first word of bits is that tell which fields are there, least significant byte first.</summary>
    public const int PresentAt = 4;

    /// <summary>The bit that announces another word of such bits.</summary>
    public const uint ExtendedBit = 1u << 31;

    /// <summary>The bit of the time in the device, 8 bytes.</summary>
    public const uint TimeBit = 1u << 0;

    /// <summary>The bit of the flags, 1 byte.</summary>
    public const uint FlagsBit = 1u << 1;

    /// <summary>The flag of a frame whose checksum is there.</summary>
    public const byte HasChecksum = 0x10;

    /// <summary>The flag of a frame whose header is filled up to a multiple of four bytes.</summary>
    public const byte IsPadded = 0x20;

    private readonly ReadOnlySpan<byte> _bytes;

    private RadiotapHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Views the start of <paramref name="bytes"/> as a radiotap header.</summary>
    /// <returns>Malformed when the version is not 0 or the length is less than that of the fixed part.</returns>
    public static ParseStatus TryParse(ReadOnlySpan<byte> bytes, out RadiotapHeader header)
    {
        header = default;
        if (bytes.Length < MinimumLength) return ParseStatus.Truncated;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[LengthAt..]);
        if (bytes[VersionAt] != 0 || length < MinimumLength) return ParseStatus.Malformed;
        if (length > bytes.Length) return ParseStatus.Truncated;
        header = new RadiotapHeader(bytes[..length]);
        return ParseStatus.Complete;
    }

    /// <summary>The header's length with its fields, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The flags; 0 when the header has none.</summary>
    public byte Flags
    {
        get
        {
            uint present = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[PresentAt..]);
            if ((present & FlagsBit) == 0) return 0;
            int at = PresentAt;
            uint word = present;
            while (true)
            {
                at += sizeof(uint);
                if ((word & ExtendedBit) == 0) break;
                if (at + sizeof(uint) > Length) return 0;
                word = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[at..]);
            }

            // Fields are aligned to their size, counted from the start of the header.
            if ((present & TimeBit) != 0) at = (at + 7 & ~7) + sizeof(ulong);
            return at < Length ? _bytes[at] : (byte)0;
        }
    }
}
