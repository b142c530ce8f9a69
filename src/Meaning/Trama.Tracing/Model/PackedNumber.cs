namespace Trama.Tracing;

/// <summary>A number in as few bytes as it needs: seven bits a byte, the lowest first, the sign in the lowest of all, so that what changes
/// little takes one.</summary>
internal static class PackedNumber
{
    /// <summary>The most bytes that a number takes.</summary>
    public const int MaxBytes = 10;

    /// <summary>Writes a number.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="end">Where it begins, and then the place behind it.</param>
    /// <param name="value">The number.</param>
    public static void Put(Span<byte> to, ref int end, long value)
    {
        ulong rest = (ulong)((value << 1) ^ (value >> 63));
        for (; rest >= 0x80; rest >>= 7) to[end++] = (byte)(rest | 0x80);
        to[end++] = (byte)rest;
    }

    /// <summary>Reads a number.</summary>
    /// <param name="from">Where from.</param>
    /// <param name="end">Where it begins, and then the place behind it.</param>
    public static long Take(ReadOnlySpan<byte> from, ref int end)
    {
        ulong value = from[end++];
        if (value >= 0x80)
        {
            value &= 0x7f;
            ulong next;
            int shift = 7;
            do
            {
                next = from[end++];
                value |= (next & 0x7f) << shift;
                shift += 7;
            }
            while (next >= 0x80);
        }

        return (long)(value >> 1) ^ -(long)(value & 1);
    }
}
