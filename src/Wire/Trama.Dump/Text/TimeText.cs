using Trama.Packets;

namespace Trama.Dump.Text;

/// <summary>Writes the time at the start of a line. Keeps the time that relative formats count from.</summary>
internal sealed class TimeText(DumpOptions options)
{
    private const long SecondsPerDay = 86_400;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int PrefixRoom = 32;

    private readonly TimeZoneInfo _zone = options.Zone ?? TimeZoneInfo.Local;
    private readonly byte[] _prefix = new byte[PrefixRoom];
    private readonly LineWriter _scratch = new(PrefixRoom);
    private int _prefixLength;
    private long _prefixFrom = long.MaxValue;
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
            case TimeFormat.TimeOfDay or TimeFormat.DateAndTime or TimeFormat.SinceEpoch:
                AppendInSecond(output, time);
                return;
            default:
                AppendDistance(output, time);
                break;
        }

        output.Append((byte)' ');
    }

    /// <summary>Appends a time whose text down to the second is kept, since it is that of many packets.</summary>
    private void AppendInSecond(LineWriter output, Timestamp time)
    {
        ulong fraction = unchecked((ulong)(time.Nanoseconds - _prefixFrom));
        if (fraction >= NanosecondsPerSecond)
        {
            KeepPrefix(time);
            fraction = (ulong)time.SubsecondNanoseconds;
        }

        Span<byte> text = output.Reserve(PrefixRoom + DecimalDigits.Room);
        _prefix.CopyTo(text);
        text = text[_prefixLength..];
        DecimalDigits.WriteSix(text, (uint)fraction / 1000);
        text[6] = (byte)' ';
        output.Length += _prefixLength + 7;
        if (!options.Nanoseconds) return;
        output.Length--;
        output.Append($"{(uint)fraction % 1000:d3} ");
    }

    private void KeepPrefix(Timestamp time)
    {
        LineWriter text = _scratch;
        text.Clear();
        if (options.Time == TimeFormat.SinceEpoch) text.AppendDecimal(time.Seconds);
        else AppendClock(text, time.Seconds + OffsetAt(time.Seconds), options.Time == TimeFormat.DateAndTime);
        text.Append((byte)'.');
        text.Written.CopyTo(_prefix);
        _prefixLength = text.Length;
        _prefixFrom = time.Nanoseconds - time.SubsecondNanoseconds;
    }

    private void AppendDistance(LineWriter output, Timestamp time)
    {
        _reference ??= time;
        long distance = ToPrecision(time) - ToPrecision(_reference.Value);
        output.Append(distance < 0 ? (byte)'-' : (byte)' ');
        var shown = new Timestamp(Math.Abs(distance));
        AppendClock(output, shown.Seconds, date: false);
        if (options.Nanoseconds) output.Append($".{shown.SubsecondNanoseconds:d9}");
        else output.Append($".{shown.SubsecondNanoseconds / 1000:d6}");
        if (options.Time == TimeFormat.SincePrevious) _reference = time;
    }

    /// <summary>The distance of two times is that of the times as shown, not of digits that are not shown.</summary>
    private long ToPrecision(Timestamp time) => options.Nanoseconds ? time.Nanoseconds : time.Nanoseconds / 1000 * 1000;

    private static void AppendClock(LineWriter output, long seconds, bool date)
    {
        if (date)
        {
            DateTime day = DateTime.UnixEpoch.AddSeconds(seconds);
            output.Append($"{day.Year:d4}-{day.Month:d2}-{day.Day:d2} ");
        }

        long secondOfDay = (seconds % SecondsPerDay + SecondsPerDay) % SecondsPerDay;
        output.Append($"{(int)(secondOfDay / 3600):d2}:{(int)(secondOfDay / 60 % 60):d2}:{(int)(secondOfDay % 60):d2}");
    }

    /// <summary>
    /// The zone's distance from UTC, in seconds; looked up once for each quarter of an hour, within which it does not change.
    /// </summary>
    private long OffsetAt(long seconds)
    {
        if (seconds >= _offsetFrom && seconds < _offsetUntil) return _offset;
        _offsetFrom = seconds - (seconds % 900 + 900) % 900;
        _offsetUntil = _offsetFrom + 900;
        return _offset = (long)_zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(_offsetFrom)).TotalSeconds;
    }
}
