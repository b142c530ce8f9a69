using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Trama.Packets;

/// <summary>
/// Writes numbers in decimal, eight digits at a time in one 64-bit word: the bulk of what is written for a packet or an exchange is
/// numbers.
/// </summary>
public static class DecimalDigits
{
    /// <summary>How many bytes are touched from where a number starts, at most.</summary>
    public const int Room = 10;

    private const uint Hundred = 100;
    private const uint TenThousand = 10_000;
    private const uint HundredMillion = 100_000_000;
    private const ulong AsciiZeros = 0x3030303030303030;

    /// <summary>Writes a number at the start of <paramref name="to"/>, which has at least <see cref="Room"/> bytes.</summary>
    /// <returns>How many digits were written, 1 to 10.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(Span<byte> to, uint value) => value < HundredMillion ? WriteShort(to, value) : WriteLong(to, value);

    /// <summary>
    /// Writes the last six digits of a number at the start of <paramref name="to"/>, which has at least <see cref="Room"/> bytes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteSix(Span<byte> to, uint value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(to, (EightDigits(value) | AsciiZeros) >> 16);

    /// <summary>
    /// Writes all eight digits of a number below 10^8, zeros in front, at the start of <paramref name="to"/>, which has at least eight
    /// bytes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteEight(Span<byte> to, uint value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(to, EightDigits(value) | AsciiZeros);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteShort(Span<byte> to, uint value)
    {
        ulong digits = EightDigits(value);
        int zeros = BitOperations.TrailingZeroCount(digits | 1UL << 56) & ~7;
        BinaryPrimitives.WriteUInt64LittleEndian(to, (digits | AsciiZeros) >> zeros);
        return 8 - (zeros >> 3);
    }

    private static int WriteLong(Span<byte> to, uint value)
    {
        uint top = value / HundredMillion;
        int written = 1;
        if (top < 10) to[0] = (byte)('0' + top);
        else
        {
            to[1] = (byte)('0' + top % 10);
            to[0] = (byte)('0' + top / 10);
            written = 2;
        }

        WriteEight(to[written..], value - top * HundredMillion);
        return written + 8;
    }

    /// <summary>
    /// The eight digits of a number below 10^8, one in each byte, the first in the lowest: split into two groups of four, those into
    /// pairs, and those into digits, all lanes at once (division by 100 and 10 as multiplication and shift, exact in these ranges).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong EightDigits(uint value)
    {
        uint upper = value / TenThousand;
        ulong fours = upper | (ulong)(value - upper * TenThousand) << 32;
        ulong hundreds = (fours * 10_486 >> 20) & 0x0000007F_0000007F;
        ulong pairs = hundreds | (fours - hundreds * Hundred) << 16;
        ulong tens = (pairs * 103 >> 10) & 0x000F000F_000F000F;
        return tens | (pairs - tens * 10) << 8;
    }
}
