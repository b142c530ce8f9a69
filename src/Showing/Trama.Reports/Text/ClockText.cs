using Trama.Packets;

namespace Trama.Reports.Text;

/// <summary>The time of day of packets, as tcpdump writes it: <c>hh:mm:ss.µµµµµµ</c>.</summary>
/// <param name="zone">The time zone of the reader.</param>
internal sealed class ClockText(TimeZoneInfo zone)
{
    /// <summary>The columns, and bytes, of a time.</summary>
    public const int Width = 15;

    private readonly byte[] _text = "00:00:00.000000"u8.ToArray();
    private long _second = long.MinValue;

    /// <summary>The text of a time, valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(Timestamp at)
    {
        if (at.Seconds != _second)
        {
            _second = at.Seconds;
            DateTime utc = DateTime.UnixEpoch.AddSeconds(_second);
            int second = (int)(utc + zone.GetUtcOffset(utc)).TimeOfDay.TotalSeconds;
            Digits(0, 2, second / 3600);
            Digits(3, 2, second / 60 % 60);
            Digits(6, 2, second % 60);
        }

        Digits(9, 6, at.SubsecondNanoseconds / 1000);
        return _text;
    }

    private void Digits(int at, int count, int value)
    {
        for (int i = at + count - 1; i >= at; i--, value /= 10) _text[i] = (byte)('0' + value % 10);
    }
}
