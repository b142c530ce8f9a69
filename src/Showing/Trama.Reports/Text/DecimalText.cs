using System.Globalization;

namespace Trama.Reports.Text;

/// <summary>Whole numbers in decimal digits.</summary>
internal static class DecimalText
{
    /// <summary>The most bytes of a number.</summary>
    public const int MaxLength = 20;

    /// <summary>Writes a number; its bytes are returned.</summary>
    /// <param name="number">The number.</param>
    /// <param name="text">Room for at least <see cref="MaxLength"/> bytes.</param>
    public static int Write(long number, Span<byte> text)
    {
        // Nearly all numbers in a line of a report are this small.
        if ((ulong)number >= 1000) return number.TryFormat(text, out int length, default, CultureInfo.InvariantCulture) ? length : 0;
        uint value = (uint)number;
        int digits = value < 10 ? 1 : value < 100 ? 2 : 3;
        for (int i = digits - 1; i >= 0; i--, value /= 10) text[i] = (byte)('0' + value % 10);
        return digits;
    }
}
