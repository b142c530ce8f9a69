using System.Buffers.Binary;

namespace Trama.Captures.Files;

/// <summary>The time in the header of a Network Monitor file: eight 16-bit fields, taken as universal time.</summary>
internal static class NetMonTime
{
    private const int YearAt = 0, MonthAt = 2, DayAt = 6, HourAt = 8, MinuteAt = 10, SecondAt = 12, MillisecondAt = 14;

    /// <summary>The time in nanoseconds since the Unix epoch; 0 when the fields are no time.</summary>
    public static long ReadSystemTime(ReadOnlySpan<byte> bytes)
    {
        int year = U16(bytes, YearAt), month = U16(bytes, MonthAt), day = U16(bytes, DayAt);
        int hour = U16(bytes, HourAt), minute = U16(bytes, MinuteAt);
        int second = U16(bytes, SecondAt), millisecond = U16(bytes, MillisecondAt);
        if (year is < 1970 or > 2200 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return 0;
        if (hour > 23 || minute > 59 || second > 59 || millisecond > 999) return 0;
        var time = new DateTime(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc);
        return (time - DateTime.UnixEpoch).Ticks * 100;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
