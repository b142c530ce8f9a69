using System.Globalization;
using System.Text;

namespace Trama.Reports.Text;

/// <summary>Durations for people: three significant digits and a unit.</summary>
public static class DurationText
{
    /// <summary>The most bytes of a duration in UTF-8.</summary>
    internal const int MaxLength = 32;

    private const long Microsecond = 1_000;
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;

    /// <summary>The text of a duration in nanoseconds: <c>161 µs</c>, <c>1.25 ms</c>, <c>3.20 s</c>, <c>2 min 05 s</c>.</summary>
    /// <param name="nanoseconds">The duration; may be negative.</param>
    /// <param name="language">The language: Portuguese has a comma before decimals.</param>
    /// <param name="ascii">Writes <c>us</c> for microseconds.</param>
    public static string Of(long nanoseconds, Language language, bool ascii = false)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.UTF8.GetString(text[..Write(nanoseconds, language, ascii, text)]);
    }

    /// <inheritdoc cref="Of(long, Language, bool)"/>
    /// <param name="nanoseconds">The duration; may be negative.</param>
    /// <param name="options">How text is written.</param>
    internal static string Of(long nanoseconds, TextOptions options) => Of(nanoseconds, options.Language, options.Ascii);

    /// <summary>Writes the text in UTF-8; its bytes are returned.</summary>
    internal static int Write(long nanoseconds, Language language, bool ascii, Span<byte> text)
    {
        if (nanoseconds < 0)
        {
            text[0] = (byte)'-';
            return 1 + Write(nanoseconds == long.MinValue ? long.MaxValue : -nanoseconds, language, ascii, text[1..]);
        }

        byte point = DecimalText.Point(language);
        // A value that would round up to the next unit's 1.00 is written in that unit.
        return nanoseconds switch
        {
            < Microsecond => Whole(nanoseconds, text),
            < 999_500 => Scaled(nanoseconds, Microsecond, point, ascii ? " us"u8 : " µs"u8, text),
            < 999_500_000 => Scaled(nanoseconds, Millisecond, point, " ms"u8, text),
            < 99_950_000_000 => Scaled(nanoseconds, Second, point, " s"u8, text),
            _ => Encoding.UTF8.GetBytes(Minutes(nanoseconds / Second), text),
        };
    }

    private static int Whole(long nanoseconds, Span<byte> text)
    {
        int length = DecimalText.Write(nanoseconds, text);
        return length + Unit(" ns"u8, text[length..]);
    }

    private static int Scaled(long value, long scale, byte point, ReadOnlySpan<byte> unit, Span<byte> text)
    {
        int decimals = value < scale / 1000 * 9_995 ? 2 : value < scale / 100 * 9_995 ? 1 : 0;
        long factor = decimals switch { 2 => 100, 1 => 10, _ => 1 };
        long rounded = (value * factor + scale / 2) / scale;
        int length = DecimalText.Write(rounded / factor, text);
        if (decimals > 0)
        {
            text[length++] = point;
            if (decimals == 2) text[length++] = (byte)('0' + rounded / 10 % 10);
            text[length++] = (byte)('0' + rounded % 10);
        }

        return length + Unit(unit, text[length..]);
    }

    private static int Unit(ReadOnlySpan<byte> unit, Span<byte> text)
    {
        unit.CopyTo(text);
        return unit.Length;
    }

    private static string Minutes(long seconds) => seconds < 3600
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min {seconds % 60:00} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h {seconds / 60 % 60:00} min");
}
