using System.Globalization;
using Trama.Packets;

namespace Trama.Reports.Text;

/// <summary>Numbers in decimal digits.</summary>
public static class DecimalText
{
    /// <summary>The most bytes of a number.</summary>
    internal const int MaxLength = 20;

    private const long HundredMillion = 100_000_000;
    private const int Eight = 8;

    /// <summary>The text of a number, with what its language has before decimals: a point, in Portuguese a comma.</summary>
    /// <param name="number">The number.</param>
    /// <param name="format">A format with a point, such as <c>0.00</c>.</param>
    /// <param name="language">The language.</param>
    public static string Of(double number, string format, Language language) =>
        number.ToString(format, CultureInfo.InvariantCulture).Replace('.', (char)Point(language));

    /// <summary>What stands before decimals.</summary>
    internal static byte Point(Language language) => language == Language.Portuguese ? (byte)',' : (byte)'.';

    /// <summary>Writes a whole number; its bytes are returned.</summary>
    /// <param name="number">The number.</param>
    /// <param name="text">Room for at least <see cref="MaxLength"/> bytes.</param>
    internal static int Write(long number, Span<byte> text)
    {
        if ((ulong)number < (ulong)HundredMillion) return DecimalDigits.Write(text, (uint)number);
        if (number < 0) return number.TryFormat(text, out int length, default, CultureInfo.InvariantCulture) ? length : 0;
        long high = number / HundredMillion;
        int first = Write(high, text);
        DecimalDigits.WriteEight(text.Slice(first, Eight), (uint)(number - (high * HundredMillion)));
        return first + Eight;
    }
}
