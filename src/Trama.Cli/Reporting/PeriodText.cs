using System.Globalization;
using Trama.Cli.CommandLine;
using Trama.Packets;
using Trama.Tracing;

namespace Trama.Cli.Reporting;

/// <summary>A part of a capture as a person writes it: <c>12:05..12:06:30.5</c>, <c>90s..2m</c>.</summary>
internal static class PeriodText
{
    // Nanoseconds since 1970 reach no further.
    private const int FirstYear = 1677;
    private const int LastYear = 2262;

    private static readonly string[] Clocks = ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF"];
    private static readonly string[] Dates = ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];

    /// <summary>Reads a period; false when it is none.</summary>
    /// <param name="text">The text; a time may be left out, the dots may not.</param>
    /// <param name="zone">The time zone of the times.</param>
    /// <param name="period">The period.</param>
    public static bool TryParse(string text, TimeZoneInfo zone, out Period? period)
    {
        period = null;
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0 || text.Length == 2) return false;
        if (!TryParseMoment(text[..dots], zone, isEnd: false, out var from)
            || !TryParseMoment(text[(dots + 2)..], zone, isEnd: true, out var to)) return false;
        period = new Period(from, to);
        return true;
    }

    private static bool TryParseMoment(string text, TimeZoneInfo zone, bool isEnd, out Func<Timestamp, Timestamp>? moment)
    {
        moment = null;
        if (text.Length == 0) return true;
        // What is written with fewer digits than a capture has means all that begins with them.
        long rest = isEnd && text.LastIndexOf('.') is >= 0 and int point
            ? (long)Math.Pow(10, Math.Max(0, 9 - (text.Length - point - 1))) - 1 : 0;
        if (Durations.TryParse(text, out TimeSpan after)) moment = first =>
            new Timestamp(first.Nanoseconds + after.Ticks * TimeSpan.NanosecondsPerTick);
        else if (TimeOnly.TryParseExact(text, Clocks, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly clock)) moment =
            first => At(first, clock, zone, rest);
        else if (DateTime.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date)
            && date.Year is > FirstYear and < LastYear) moment = _ => At(date, zone, rest);
        return moment is not null;
    }

    // On the day of the first packet, or after the midnight that the capture passed.
    private static Timestamp At(Timestamp first, TimeOnly clock, TimeZoneInfo zone, long rest)
    {
        DateTime begun = TimeZoneInfo.ConvertTimeFromUtc(
            DateTime.UnixEpoch.AddTicks(first.Nanoseconds / TimeSpan.NanosecondsPerTick), zone);
        DateTime at = begun.Date + clock.ToTimeSpan();
        return At(begun - at > TimeSpan.FromHours(12) ? at.AddDays(1) : at, zone, rest);
    }

    private static Timestamp At(DateTime local, TimeZoneInfo zone, long rest)
    {
        // An hour that a change of the clock left out is the one after it.
        DateTime utc = TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
        return new Timestamp((utc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick + rest);
    }
}
