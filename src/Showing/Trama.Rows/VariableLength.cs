using System.Buffers;

namespace Trama.Rows;

/// <summary>Numbers in as many bytes as they need, seven bits each, the lowest first (ULEB128).</summary>
public static class VariableLength
{
    private const int MaxBytes = 10;

    /// <summary>Writes a number.</summary>
    public static void WriteVariable(this IBufferWriter<byte> output, ulong value)
    {
        ArgumentNullException.ThrowIfNull(output);
        Span<byte> room = output.GetSpan(MaxBytes);
        int length = 0;
        for (; value >= 0x80; value >>= 7) room[length++] = (byte)(value | 0x80);
        room[length++] = (byte)value;
        output.Advance(length);
    }

    /// <summary>Writes a number that may be negative: 0, -1, 1, -2 … become 0, 1, 2, 3 …</summary>
    public static void WriteZigZag(this IBufferWriter<byte> output, long value) =>
        output.WriteVariable((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Reads a number at the front, and takes it away; false when none is there that is whole and of 64 bits.</summary>
    public static bool TryReadVariable(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int length = 0; length < bytes.Length && length < MaxBytes; length++)
        {
            byte next = bytes[length];
            // Of the tenth byte only one bit has room.
            if (length == MaxBytes - 1 && next > 1) return false;
            value |= (ulong)(next & 0x7F) << (7 * length);
            if (next >= 0x80) continue;
            bytes = bytes[(length + 1)..];
            return true;
        }

        return false;
    }

    /// <summary>Reads what <see cref="WriteZigZag"/> wrote.</summary>
    public static bool TryReadZigZag(ref ReadOnlySpan<byte> bytes, out long value)
    {
        bool isThere = TryReadVariable(ref bytes, out ulong folded);
        value = (long)(folded >> 1) ^ -(long)(folded & 1);
        return isThere;
    }
}
