using System.Globalization;

namespace Trama.Cli.CommandLine;

/// <summary>Durations as people write them: a number and <c>us</c>, <c>ms</c>, <c>s</c>, <c>m</c> or <c>h</c>.</summary>
internal static class Durations
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("us", TimeSpan.FromMicroseconds(1)), ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)),
    ];

    /// <summary>Reads <c>500ms</c>, <c>1.5s</c>, <c>2m</c>; the unit may only be left out of <c>0</c>. Up to 1000 hours.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "0") return true;
        foreach ((string suffix, TimeSpan unit) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal)) continue;
            if (!decimal.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out decimal count)) continue;
            if (count > TimeSpan.FromHours(1000).Ticks / unit.Ticks) return false;
            duration = TimeSpan.FromTicks((long)(count * unit.Ticks));
            return true;
        }

        return false;
    }

    /// <summary>Writes a duration so that <see cref="TryParse"/> reads it back, in the largest unit that divides it.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero) return "0";
        (string suffix, TimeSpan unit) = Units.Last(entry => duration.Ticks % entry.Unit.Ticks == 0);
        return $"{duration.Ticks / unit.Ticks}{suffix}";
    }
}
