using Trama.Packets;

namespace Trama.Dump.Text;

/// <summary>Writes the time at the start of a line. Keeps the time that relative formats count from.</summary>
internal sealed class TimeText(DumpOptions options)
{
    private const long SecondsPerDay = 86_400;

    private readonly TimeZoneInfo _zone = options.Zone ?? TimeZoneInfo.Local;
    private Timestamp? _reference;
    private long _offsetFrom = long.MaxValue;
    private long _offsetUntil = long.MinValue;
    private long _offset;

    /// <summary>Appends the time of a packet and the space after it; nothing with <c>-t</c>.</summary>
    public void Append(LineWriter output, Timestamp time)
    {
        switch (options.Time)
        {
            case TimeFormat.None:
                return;
            case TimeFormat.TimeOfDay:
                AppendClock(output, time, local: true, date: false);
                break;
            case TimeFormat.DateAndTime:
                AppendClock(output, time, local: true, date: true);
                break;
            case TimeFormat.SinceEpoch:
                AppendSinceEpoch(output, time);
                break;
            default:
                AppendDistance(output, time);
                break;
        }

        output.Append((byte)' ');
    }

    private void AppendDistance(LineWriter output, Timestamp time)
    {
        _reference ??= time;
        long distance = ToPrecision(time) - ToPrecision(_reference.Value);
        output.Append(distance < 0 ? (byte)'-' : (byte)' ');
        AppendClock(output, new Timestamp(Math.Abs(distance)), local: false, date: false);
        if (options.Time == TimeFormat.SincePrevious) _reference = time;
    }

    /// <summary>The distance of two times is that of the times as shown, not of digits that are not shown.</summary>
    private long ToPrecision(Timestamp time) => options.Nanoseconds ? time.Nanoseconds : time.Nanoseconds / 1000 * 1000;

    private void AppendSinceEpoch(LineWriter output, Timestamp time)
    {
        output.AppendDecimal(time.Seconds);
        AppendFraction(output, time);
    }

    private void AppendClock(LineWriter output, Timestamp time, bool local, bool date)
    {
        long seconds = time.Seconds + (local ? OffsetAt(time.Seconds) : 0);
        if (date)
        {
            DateTime day = DateTime.UnixEpoch.AddSeconds(seconds);
            output.Append($"{day.Year:d4}-{day.Month:d2}-{day.Day:d2} ");
        }

        long secondOfDay = (seconds % SecondsPerDay + SecondsPerDay) % SecondsPerDay;
        output.Append($"{(int)(secondOfDay / 3600):d2}:{(int)(secondOfDay / 60 % 60):d2}:{(int)(secondOfDay % 60):d2}");
        AppendFraction(output, time);
    }

    private void AppendFraction(LineWriter output, Timestamp time)
    {
        if (options.Nanoseconds) output.Append($".{time.SubsecondNanoseconds:d9}");
        else output.Append($".{time.SubsecondNanoseconds / 1000:d6}");
    }

    /// <summary>The zone's distance from UTC, in seconds; looked up once for each quarter of an hour, within which it does not change.</summary>
    private long OffsetAt(long seconds)
    {
        if (seconds >= _offsetFrom && seconds < _offsetUntil) return _offset;
        _offsetFrom = seconds - (seconds % 900 + 900) % 900;
        _offsetUntil = _offsetFrom + 900;
        return _offset = (long)_zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(_offsetFrom)).TotalSeconds;
    }
}
