using System.Buffers.Binary;

namespace Trama.Framing.WebSocket;

/// <summary>The header of a frame (RFC 6455 section 5.2).</summary>
/// <param name="IsLast">Whether its message ends with it.</param>
/// <param name="IsCompressed">Whether the message is compressed (RFC 7692 section 6); of the first frame of a message.</param>
/// <param name="Opcode">What it carries.</param>
/// <param name="IsMasked">Whether the payload is masked.</param>
/// <param name="Mask">The mask, its first byte in the highest place.</param>
/// <param name="Length">The length of the payload, in bytes.</param>
/// <param name="Size">The length of the header, in bytes.</param>
internal readonly record struct WebSocketHeader(bool IsLast, bool IsCompressed, WebSocketOpcode Opcode, bool IsMasked, uint Mask,
    long Length, int Size)
{
    /// <summary>The longest header, in bytes.</summary>
    public const int MaxSize = 14;

    private const int MaskSize = 4;
    private const int MaxControl = 125;
    private const int Length16 = 126;

    /// <summary>Whether it manages the connection; such a frame is a message of its own, and may come inside another one.</summary>
    public bool IsControl => Opcode >= WebSocketOpcode.Close;

    /// <summary>How long a header is that begins with these bytes, as far as they tell; at least 2.</summary>
    public static int SizeOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2) return 2;
        int length = bytes[1] & 0x7f;
        return 2 + (length < Length16 ? 0 : length == Length16 ? 2 : 8) + (bytes[1] >= 0x80 ? MaskSize : 0);
    }

    /// <summary>Reads a whole header.</summary>
    /// <param name="bytes">At least <see cref="SizeOf"/> bytes.</param>
    /// <param name="header">The header.</param>
    /// <returns>False when a receiver has to refuse it.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out WebSocketHeader header)
    {
        int size = SizeOf(bytes);
        int field = bytes[1] & 0x7f;
        ulong length = field < Length16 ? (ulong)field
            : field == Length16 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]);
        bool isMasked = bytes[1] >= 0x80;
        header = new WebSocketHeader(
            bytes[0] >= 0x80, (bytes[0] & 0x40) != 0, (WebSocketOpcode)(bytes[0] & 0xf), isMasked,
            isMasked ? BinaryPrimitives.ReadUInt32BigEndian(bytes[(size - MaskSize)..]) : 0, (long)(length & long.MaxValue), size);
        bool isShortest = field < Length16 || length > (field == Length16 ? MaxControl : (ulong)ushort.MaxValue);
        return isShortest && length <= long.MaxValue && (bytes[0] & 0x30) == 0
            && header.Opcode is <= WebSocketOpcode.Binary or (>= WebSocketOpcode.Close and <= WebSocketOpcode.Pong)
            && !(header.IsControl && (!header.IsLast || header.IsCompressed || field > MaxControl));
    }
}
