using System.Globalization;

namespace Trama.Cli.CommandLine;

/// <summary>
/// A time of the past as people write it: <c>02:40..02:50</c>, <c>02:47</c> (that minute), <c>-15m</c> (since then),
/// <c>-2h..-1h</c>, <c>2026-11-28T02:40..</c>. A time of day is the latest that has been.
/// </summary>
/// <param name="From">Its beginning, in nanoseconds since the Unix epoch.</param>
/// <param name="To">Its end.</param>
internal readonly record struct PastPeriod(long From, long To)
{
    /// <summary>The forms of it.</summary>
    public const string Examples = "02:40..02:50, 02:47 (that minute), -15m (since then), -2h..-1h, 2026-11-28T02:40..2026-11-28T02:50";

    /// <summary>The same in Portuguese.</summary>
    public const string ExamplesInPortuguese =
        "02:40..02:50, 02:47 (esse minuto), -15m (desde então), -2h..-1h, 2026-11-28T02:40..2026-11-28T02:50";

    private static readonly string[] Minutes = ["H:mm", "yyyy-MM-ddTHH:mm"];
    private static readonly string[] Seconds = ["H:mm:ss", "H:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];

    /// <summary>The one that a command line names.</summary>
    /// <exception cref="ThisProcess.UserError">It names none.</exception>
    public static PastPeriod Named(string text, OptionValues values) =>
        TryParse(text, DateTimeOffset.Now, TimeZoneInfo.Local, out PastPeriod period) ? period : throw values.Wrong(
            $"expected a time such as 02:40..02:50, 02:47 or -15m, got '{text}'",
            $"esperava um tempo como 02:40..02:50, 02:47 ou -15m, veio '{text}'");

    /// <summary>Reads one; false when it is none.</summary>
    /// <param name="text">What a person wrote.</param>
    /// <param name="now">The time.</param>
    /// <param name="zone">The time zone of the times.</param>
    /// <param name="period">The period.</param>
    public static bool TryParse(string text, DateTimeOffset now, TimeZoneInfo zone, out PastPeriod period)
    {
        period = default;
        try
        {
            return TryRead(text, now, zone, out period);
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            // Before or after all times that there are in nanoseconds.
            return false;
        }
    }

    private static bool TryRead(string text, DateTimeOffset now, TimeZoneInfo zone, out PastPeriod period)
    {
        period = default;
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        string first = dots < 0 ? text : text[..dots], last = dots < 0 ? "" : text[(dots + 2)..];
        if (first.Length == 0 || !TryParseMoment(first, now, zone, out DateTimeOffset from, out TimeSpan width)) return false;
        DateTimeOffset to = now;
        if (dots < 0 && width > TimeSpan.Zero) to = from + width;
        else if (last.Length > 0)
        {
            if (!TryParseMoment(last, now, zone, out to, out TimeSpan end)) return false;
            to += end;
        }

        // Over midnight: what ends before it begins began the day before.
        if (to < from && IsOfDay(first) && last.Length > 0 && IsOfDay(last)) from -= TimeSpan.FromDays(1);
        period = new PastPeriod(Nanoseconds(from), Nanoseconds(to));
        return from <= to;
    }

    private static bool IsOfDay(string moment) => moment[0] != '-' && !moment.Contains('T', StringComparison.Ordinal);

    private static bool TryParseMoment(string text, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset moment, out TimeSpan width)
    {
        (moment, width) = (now, TimeSpan.Zero);
        if (text[0] == '-')
        {
            if (!Durations.TryParse(text[1..], out TimeSpan ago)) return false;
            moment = now - ago;
            return true;
        }

        bool isMinute = DateTime.TryParseExact(text, Minutes, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault,
            out DateTime local);
        if (!isMinute && !DateTime.TryParseExact(text, Seconds, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault,
            out local)) return false;
        width = isMinute ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(1);
        bool hasDate = local.Year > 1;
        if (!hasDate) local = TimeZoneInfo.ConvertTime(now, zone).Date + local.TimeOfDay;
        moment = At(local, zone);
        if (!hasDate && moment > now) moment = At(local.AddDays(-1), zone);
        return true;
    }

    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        // An hour that a change of the clock left out is the one after it.
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    private static long Nanoseconds(DateTimeOffset time) => checked((time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
}
