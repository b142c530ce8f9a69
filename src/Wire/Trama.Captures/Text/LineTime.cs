using System.Globalization;

namespace Trama.Captures.Text;

/// <summary>
/// The time at the start of a line, in the forms of tcpdump (<c>12:00:00.123456</c>, with a date before it, <c>1700000000.123456</c>), of
/// logs (<c>2023-11-14T12:00:00.123Z</c>, <c>Nov 14 12:00:00</c>) and of tshark's list (a number, then seconds). What people put before a
/// line, as <c>&gt;</c> or a number, is passed over. Taken as universal time.
/// </summary>
internal static class LineTime
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    // "2023-11-14"
    private const int DateLength = 10;

    // What stands before a time at most, and how long each is.
    private const int MaxPassed = 3, MaxMark = 8;

    /// <summary>A day, in nanoseconds.</summary>
    public const long Day = 24 * 3600 * NanosecondsPerSecond;

    /// <summary>Reads the time of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="nanoseconds">The time; since the Unix epoch when the line has a date, else since some midnight or start.</param>
    /// <param name="isOfDay">Whether it is a time of day without a date.</param>
    public static bool TryRead(ReadOnlySpan<char> line, out long nanoseconds, out bool isOfDay)
    {
        (nanoseconds, isOfDay) = (0, false);
        ReadOnlySpan<char> rest = line.TrimStart();
        ReadOnlySpan<char> word = Next(ref rest);
        // tcpdump's --number, the first column of tshark, a quotation's mark, a log's month and day.
        for (int passed = 0; passed < MaxPassed && !rest.IsEmpty && (IsNumber(word) || IsMark(word)); passed++) word = Next(ref rest);
        if (word.Length > DateLength && word[DateLength] == 'T')
        {
            ReadOnlySpan<char> ofDay = word[(DateLength + 1)..];
            int zone = ofDay.IndexOfAny('Z', '+', '-');
            rest = zone < 0 ? ofDay : ofDay[..zone];
            word = word[..DateLength];
        }

        if (DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            if (!TryReadTimeOfDay(Next(ref rest), out long ofDay) || date.Year is < 1970 or > 2200) return false;
            nanoseconds = (date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * Day + ofDay;
            return true;
        }

        if (TryReadTimeOfDay(word, out nanoseconds)) return isOfDay = true;
        return TryReadSeconds(word, long.MaxValue / NanosecondsPerSecond - 1, out nanoseconds);
    }

    // ">", "|", "1)", "#3:", "Nov".
    private static bool IsMark(ReadOnlySpan<char> word) => word.Length <= MaxMark && (!word.ContainsAnyInRange('0', '9')
        ? word.IndexOfAnyExceptInRange('A', 'z') == 0
            || DateOnly.TryParseExact(word, "MMM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        : word.TrimStart("#([").TrimEnd("):.]") is { Length: > 0 } number && number.Length < word.Length && IsNumber(number));

    private static bool TryReadTimeOfDay(ReadOnlySpan<char> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':') return false;
        if (!IsNumber(text[..2]) || !IsNumber(text[3..5])) return false;
        int hour = int.Parse(text[..2], CultureInfo.InvariantCulture), minute = int.Parse(text[3..5], CultureInfo.InvariantCulture);
        if (hour > 23 || minute > 59 || !TryReadSeconds(text[6..], 60, out long seconds)) return false;
        nanoseconds = (hour * 60L + minute) * 60 * NanosecondsPerSecond + seconds;
        return true;
    }

    private static bool TryReadSeconds(ReadOnlySpan<char> text, long most, out long nanoseconds)
    {
        nanoseconds = 0;
        int point = text.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? text : text[..point], fraction = point < 0 ? default : text[(point + 1)..];
        if (point < 0 && most > 60) return false;
        if (!long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) || seconds > most) return false;
        if (fraction.Length > 9 || (point >= 0 && !IsNumber(fraction))) return false;
        long part = fraction.IsEmpty ? 0 : long.Parse(fraction, NumberStyles.None, CultureInfo.InvariantCulture);
        for (int digits = fraction.Length; digits < 9; digits++) part *= 10;
        nanoseconds = seconds * NanosecondsPerSecond + part;
        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private static ReadOnlySpan<char> Next(scoped ref ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOfAny(' ', '\t');
        ReadOnlySpan<char> word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..].TrimStart();
        return word;
    }
}
