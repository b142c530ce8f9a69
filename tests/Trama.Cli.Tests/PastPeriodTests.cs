using Trama.Cli.CommandLine;

namespace Trama.Cli.Tests;

/// <summary>Times of the past, as people write them.</summary>
public class PastPeriodTests
{
    private static readonly TimeZoneInfo s_zone = TimeZoneInfo.CreateCustomTimeZone("west", TimeSpan.FromHours(-3), "west", "west");
    private static readonly DateTimeOffset s_now = new(2026, 11, 28, 3, 30, 0, TimeSpan.FromHours(-3));

    [Theory]
    [InlineData("02:40..02:50", "2026-11-28T02:40:00", "2026-11-28T02:51:00")]
    [InlineData("02:47", "2026-11-28T02:47:00", "2026-11-28T02:48:00")]
    [InlineData("02:47:05", "2026-11-28T02:47:05", "2026-11-28T02:47:06")]
    [InlineData("22:00..22:10", "2026-11-27T22:00:00", "2026-11-27T22:11:00")]
    [InlineData("23:50..00:10", "2026-11-27T23:50:00", "2026-11-28T00:11:00")]
    [InlineData("-15m", "2026-11-28T03:15:00", "2026-11-28T03:30:00")]
    [InlineData("-2h..-1h", "2026-11-28T01:30:00", "2026-11-28T02:30:00")]
    [InlineData("02:00..", "2026-11-28T02:00:00", "2026-11-28T03:30:00")]
    [InlineData("2026-11-01T10:00..2026-11-02T11:30:15", "2026-11-01T10:00:00", "2026-11-02T11:30:16")]
    public void Is_read(string text, string from, string to)
    {
        Assert.True(PastPeriod.TryParse(text, s_now, s_zone, out PastPeriod period));
        Assert.Equal((from, to), (Local(period.From), Local(period.To)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("..02:00")]
    [InlineData("yesterday")]
    [InlineData("-")]
    [InlineData("-15")]
    [InlineData("25:00")]
    [InlineData("-1h..-2h")]
    [InlineData("2026-11-28T05:00..2026-11-28T02:00")]
    [InlineData("9999-12-31T23:59")]
    [InlineData("1500-01-01T00:00..")]
    [InlineData("-1h..2900-01-01T00:00")]
    [InlineData("2026-11-28T02:00..2026-11-20T02:00")]
    public void Is_none(string text) => Assert.False(PastPeriod.TryParse(text, s_now, s_zone, out _));

    private static string Local(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
        .ToOffset(TimeSpan.FromHours(-3)).ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
