using System.Buffers.Binary;
using System.Numerics;

namespace Trama.Rows.Journals;

/// <summary>
/// A piece of a file that is written bit by bit and may end anywhere: the length of what it holds and its CRC-32C (RFC 3720, appendix B.4),
/// four bytes each, little-endian, and then that.
/// </summary>
public static class Frame
{
    /// <summary>How long its beginning is, in bytes.</summary>
    public const int HeaderBytes = 8;

    /// <summary>How much a frame holds at most, in bytes.</summary>
    public const int MaxContent = 1 << 20;

    /// <summary>Writes the beginning of a frame.</summary>
    /// <param name="header">Room for <see cref="HeaderBytes"/>.</param>
    /// <param name="content">What it holds.</param>
    public static void WriteHeader(Span<byte> header, ReadOnlySpan<byte> content)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, MaxContent);
        BinaryPrimitives.WriteInt32LittleEndian(header, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[sizeof(int)..], Checksum(content));
    }

    /// <summary>Reads the frame at the front of bytes, and takes it away; false when there is none that is whole and right.</summary>
    public static bool TryRead(scoped ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!MayBegin(bytes, out int length)) return false;
        content = bytes.Slice(HeaderBytes, length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(int)..]) != Checksum(content)) return false;
        bytes = bytes[(HeaderBytes + length)..];
        return true;
    }

    /// <summary>Whether a frame may begin where these bytes do, by its length alone.</summary>
    internal static bool MayBegin(ReadOnlySpan<byte> bytes, out int length)
    {
        length = bytes.Length < HeaderBytes ? 0 : BinaryPrimitives.ReadInt32LittleEndian(bytes);
        // Zeros, as a file has that was made longer and never written, are no frame.
        return length is > 0 and <= MaxContent && length <= bytes.Length - HeaderBytes;
    }

    /// <summary>The CRC-32C of bytes.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte one in bytes) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
