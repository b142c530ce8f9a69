using System.Globalization;

namespace Trama.Cli.CommandLine;

/// <summary>Rates as a person writes them.</summary>
internal static class Rates
{
    /// <summary>
    /// Reads <c>50000/s</c>, <c>50k/s</c>, <c>0.5/s</c> or <c>30/m</c>, as so many a second, more than 0 and at most 10^8.
    /// </summary>
    public static bool TryParse(string text, out double perSecond)
    {
        perSecond = 0;
        (string suffix, double unit) = text.EndsWith("/m", StringComparison.Ordinal) ? ("/m", 60.0) : ("/s", 1.0);
        if (!text.EndsWith(suffix, StringComparison.Ordinal)) return false;
        ReadOnlySpan<char> number = text.AsSpan(0, text.Length - suffix.Length);
        double scale = number switch { [.., 'k'] => 1e3, [.., 'M'] => 1e6, _ => 1 };
        if (scale > 1) number = number[..^1];
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count)) return false;
        perSecond = count * scale / unit;
        return perSecond is > 0 and <= 1e8;
    }
}
