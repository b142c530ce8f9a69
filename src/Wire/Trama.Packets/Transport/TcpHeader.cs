using System.Buffers.Binary;

namespace Trama.Packets.Transport;

/// <summary>A view of a TCP header, RFC 9293 section 3.1. Made only by <see cref="TryParse"/>, so no getter can fail.</summary>
public readonly ref struct TcpHeader
{
    /// <summary>The length of the header without options, in bytes.</summary>
    public const int MinimumLength = 20;

    /// <summary>Where the sender's port is.</summary>
    public const int SourcePortAt = 0;

    /// <summary>Where the receiver's port is.</summary>
    public const int DestinationPortAt = 2;

    /// <summary>Where the sequence number is.</summary>
    public const int SequenceAt = 4;

    /// <summary>Where the acknowledgement number is.</summary>
    public const int AcknowledgementAt = 8;

    /// <summary>Where the header's length in words, and the control bits, are.</summary>
    public const int OffsetAndFlagsAt = 12;

    /// <summary>Where the window is.</summary>
    public const int WindowAt = 14;

    /// <summary>Where the checksum is.</summary>
    public const int ChecksumAt = 16;

    /// <summary>Where the urgent pointer is.</summary>
    public const int UrgentPointerAt = 18;

    /// <summary>The control bits in the field at <see cref="OffsetAndFlagsAt"/>.</summary>
    public const int FlagsMask = 0x1ff;

    private readonly ReadOnlySpan<byte> _bytes;

    private TcpHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>
    /// Views the start of <paramref name="bytes"/> as a TCP header.
    /// </summary>
    /// <param name="bytes">The captured bytes of the segment; what follows the header is left alone.</param>
    /// <param name="header">The view; usable only when the status is <see cref="ParseStatus.Complete"/>.</param>
    /// <returns>Malformed when the data offset is less than five words.</returns>
    public static ParseStatus TryParse(ReadOnlySpan<byte> bytes, out TcpHeader header)
    {
        header = default;
        if (bytes.Length < MinimumLength) return ParseStatus.Truncated;
        int length = LengthIn(bytes[OffsetAndFlagsAt]);
        if (length < MinimumLength) return ParseStatus.Malformed;
        if (length > bytes.Length) return ParseStatus.Truncated;
        header = new TcpHeader(bytes[..length]);
        return ParseStatus.Complete;
    }

    /// <summary>
    /// Views the start of <paramref name="bytes"/> as a TCP header whose options the capture may have cut.
    /// </summary>
    /// <param name="bytes">The captured bytes of the segment.</param>
    /// <param name="header">The view; <see cref="Length"/> and <see cref="Options"/> are those of the captured part.</param>
    /// <param name="length">The header's length on the wire, 20 to 60 bytes.</param>
    /// <returns>False when the capture has less than the fixed part, or the data offset is less than five words.</returns>
    public static bool TryParseCut(ReadOnlySpan<byte> bytes, out TcpHeader header, out int length)
    {
        header = default;
        length = 0;
        if (bytes.Length < MinimumLength) return false;
        length = LengthIn(bytes[OffsetAndFlagsAt]);
        if (length < MinimumLength) return false;
        header = new TcpHeader(bytes[..Math.Min(length, bytes.Length)]);
        return true;
    }

    /// <summary>The sender's port.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[SourcePortAt..]);

    /// <summary>The receiver's port.</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[DestinationPortAt..]);

    /// <summary>The sequence number of the first payload byte, or of the SYN.</summary>
    public SequenceNumber Sequence => new(BinaryPrimitives.ReadUInt32BigEndian(_bytes[SequenceAt..]));

    /// <summary>The next sequence number expected from the other side; counts only with <see cref="TcpFlags.Ack"/>.</summary>
    public SequenceNumber Acknowledgement => new(BinaryPrimitives.ReadUInt32BigEndian(_bytes[AcknowledgementAt..]));

    /// <summary>The header's length with its options, 20 to 60 bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The nine control bits.</summary>
    public TcpFlags Flags => (TcpFlags)(BinaryPrimitives.ReadUInt16BigEndian(_bytes[OffsetAndFlagsAt..]) & FlagsMask);

    /// <summary>The receive window as sent, unscaled.</summary>
    public ushort Window => BinaryPrimitives.ReadUInt16BigEndian(_bytes[WindowAt..]);

    /// <summary>The checksum as sent.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[ChecksumAt..]);

    /// <summary>The urgent pointer; counts only with <see cref="TcpFlags.Urg"/>.</summary>
    public ushort UrgentPointer => BinaryPrimitives.ReadUInt16BigEndian(_bytes[UrgentPointerAt..]);

    /// <summary>The options' bytes, 0 to 40 of them.</summary>
    public ReadOnlySpan<byte> Options => _bytes[MinimumLength..];

    /// <summary>
    /// The header's length in the byte at <see cref="OffsetAndFlagsAt"/>, in bytes; what is less than <see cref="MinimumLength"/> is
    /// wrong.
    /// </summary>
    public static int LengthIn(byte field) => field >> 4 << 2;
}
