using System.Buffers.Binary;

namespace Trama.Packets.Tunnel;

/// <summary>
/// A view of a GTP-U header (3GPP TS 29.281 section 5) with its extension headers; an IP packet follows. Made only by
/// <see cref="TryParse"/>, so no getter can fail.
/// </summary>
public readonly ref struct GtpHeader
{
    /// <summary>The UDP port.</summary>
    public const ushort Port = 2152;

    /// <summary>The length of the header without optional fields, in bytes.</summary>
    public const int MinimumLength = 8;

    private const int FlagsAt = 0, MessageTypeAt = 1, LengthAt = 2;
    private const byte VersionAndProtocolMask = 0xf0, Version1 = 0x30, OptionalFields = 0x07, HasExtension = 0x04;
    private const byte UserPacket = 255;

    // A sequence number, a number of the packet, and the type of the first extension header.
    private const int OptionalLength = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private GtpHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Views the start of <paramref name="bytes"/> as the header around a user's packet.</summary>
    /// <returns>Malformed when it is another version or message, or an extension header has no length.</returns>
    public static ParseStatus TryParse(ReadOnlySpan<byte> bytes, out GtpHeader header)
    {
        header = default;
        if (bytes.Length < MinimumLength) return ParseStatus.Truncated;
        byte flags = bytes[FlagsAt];
        if ((flags & VersionAndProtocolMask) != Version1 || bytes[MessageTypeAt] != UserPacket) return ParseStatus.Malformed;
        int length = (flags & OptionalFields) == 0 ? MinimumLength : MinimumLength + OptionalLength;
        if (length > bytes.Length) return ParseStatus.Truncated;
        if ((flags & HasExtension) != 0)
        {
            // Each extension header starts with its length in words and ends with the type of the next; 0 ends the list.
            while (bytes[length - 1] != 0)
            {
                if (length >= bytes.Length) return ParseStatus.Truncated;
                int words = bytes[length];
                if (words == 0) return ParseStatus.Malformed;
                length += words << 2;
                if (length > bytes.Length) return ParseStatus.Truncated;
            }
        }

        header = new GtpHeader(bytes[..length]);
        return ParseStatus.Complete;
    }

    /// <summary>The header's length with its extension headers, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The length of what the message carries behind its first 8 bytes.</summary>
    public int MessageLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[LengthAt..]);
}
