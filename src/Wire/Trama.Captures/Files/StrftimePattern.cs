using System.Globalization;
using System.Text;

namespace Trama.Captures.Files;

/// <summary>File names with times in them, by the conversions of strftime(3) in the C locale.</summary>
public static class StrftimePattern
{
    /// <summary>The pattern with its conversions replaced; one that is not known stays as it stands.</summary>
    public static string Format(string pattern, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var text = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                text.Append(pattern[i]);
                continue;
            }

            char conversion = pattern[++i];
            text.Append(Convert(conversion, time) ?? $"%{conversion}");
        }

        return text.ToString();
    }

    private static string? Convert(char conversion, DateTimeOffset time) => conversion switch
    {
        'Y' => Text(time, "yyyy"),
        'C' => Number(time.Year / 100, 2),
        'y' => Text(time, "yy"),
        'm' => Text(time, "MM"),
        'd' => Text(time, "dd"),
        'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'H' => Text(time, "HH"),
        'I' => Text(time, "hh"),
        'k' => time.Hour.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'l' => ((time.Hour + 11) % 12 + 1).ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'M' => Text(time, "mm"),
        'S' => Text(time, "ss"),
        'p' => time.Hour < 12 ? "AM" : "PM",
        'P' => time.Hour < 12 ? "am" : "pm",
        'a' => Text(time, "ddd"),
        'A' => Text(time, "dddd"),
        'b' or 'h' => Text(time, "MMM"),
        'B' => Text(time, "MMMM"),
        'j' => Number(time.DayOfYear, 3),
        'u' => Number(time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek, 1),
        'w' => Number((int)time.DayOfWeek, 1),
        'U' => Number((time.DayOfYear + 6 - (int)time.DayOfWeek) / 7, 2),
        'W' => Number((time.DayOfYear + 6 - ((int)time.DayOfWeek + 6) % 7) / 7, 2),
        'V' => Number(ISOWeek.GetWeekOfYear(time.DateTime), 2),
        'G' => Number(ISOWeek.GetYear(time.DateTime), 4),
        'g' => Number(ISOWeek.GetYear(time.DateTime) % 100, 2),
        's' => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'z' => Text(time, "zzz").Replace(":", "", StringComparison.Ordinal),
        'Z' => ZoneName(time),
        'F' => Text(time, "yyyy-MM-dd"),
        'T' or 'X' => Text(time, "HH:mm:ss"),
        'R' => Text(time, "HH:mm"),
        'r' => Text(time, "hh:mm:ss tt"),
        'D' or 'x' => Text(time, "MM/dd/yy"),
        'c' => $"{Text(time, "ddd MMM")} {Convert('e', time)} {Text(time, "HH:mm:ss yyyy")}",
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        _ => null,
    };

    private static string Text(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);

    private static string Number(int value, int digits) => value.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    private static string ZoneName(DateTimeOffset time)
    {
        if (time.Offset == TimeSpan.Zero) return "UTC";
        TimeZoneInfo zone = TimeZoneInfo.Local;
        return zone.IsDaylightSavingTime(time) ? zone.DaylightName : zone.StandardName;
    }
}
