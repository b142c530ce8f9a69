using System.Globalization;

namespace Trama.Reports.Text;

/// <summary>Sizes for people: exact up to 9,999 bytes, then three significant digits and a binary unit.</summary>
public static class SizeText
{
    /// <summary>From this number of bytes on, a size is rounded.</summary>
    public const long Exact = 10_000;

    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>The text of a number of bytes: <c>30 B</c>, <c>9.77 KiB</c>, <c>1.50 MiB</c>.</summary>
    /// <param name="bytes">The number.</param>
    /// <param name="language">The language: Portuguese has a comma before decimals.</param>
    public static string Of(long bytes, Language language)
    {
        if (bytes < Exact) return bytes.ToString(CultureInfo.InvariantCulture) + " B";
        double value = bytes;
        int unit = 0;
        for (; value >= 999.5; unit++) value /= 1024;
        string format = value < 9.995 ? "0.00" : value < 99.95 ? "0.0" : "0";
        return DecimalText.Of(value, format, language) + " " + Units[unit];
    }
}
