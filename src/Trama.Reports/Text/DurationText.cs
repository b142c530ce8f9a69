using System.Globalization;

namespace Trama.Reports.Text;

/// <summary>Durations for people: three significant digits and a unit.</summary>
public static class DurationText
{
    /// <summary>The text of a duration in nanoseconds: <c>161 µs</c>, <c>1.25 ms</c>, <c>3.20 s</c>, <c>2 min 05 s</c>.</summary>
    /// <param name="nanoseconds">The duration; may be negative.</param>
    /// <param name="ascii">Writes <c>us</c> for microseconds.</param>
    public static string Of(long nanoseconds, bool ascii = false)
    {
        if (nanoseconds < 0) return "-" + Of(nanoseconds == long.MinValue ? long.MaxValue : -nanoseconds, ascii);
        return nanoseconds switch
        {
            < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds} ns"),
            < 999_500 => Scaled(nanoseconds / 1e3, ascii ? "us" : "µs"),
            < 999_500_000 => Scaled(nanoseconds / 1e6, "ms"),
            < 99_950_000_000 => Scaled(nanoseconds / 1e9, "s"),
            _ => Minutes(nanoseconds / 1_000_000_000),
        };
    }

    private static string Scaled(double value, string unit)
    {
        string format = value < 9.995 ? "0.00" : value < 99.95 ? "0.0" : "0";
        return value.ToString(format, CultureInfo.InvariantCulture) + " " + unit;
    }

    private static string Minutes(long seconds) => seconds < 3600
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min {seconds % 60:00} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h {seconds / 60 % 60:00} min");
}
