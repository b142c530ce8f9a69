using Trama.Cli.Reporting;
using Trama.Packets;
using Trama.Tracing;

namespace Trama.Cli.Tests.Reporting;

public class PeriodTextTests
{
    // 2023-11-14T22:13:20Z.
    private const long First = 1_700_000_000_000_000_000;
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData("22:13:21..22:13:22", 1.0, 2.0)]
    [InlineData("22:14..", 40.0, null)]
    [InlineData("..22:13:20.5", null, 0.5999)]
    [InlineData("22:13:20.25..22:13:20.25", 0.25, 0.2599)]
    [InlineData("500ms..1.5s", 0.5, 1.5)]
    [InlineData("90s..2m", 90.0, 120.0)]
    [InlineData("0..22:13:30", 0.0, 10.0)]
    [InlineData("23:00..00:30", 2800.0, 8200.0)]
    [InlineData("2023-11-14T22:13:25..2023-11-15T22:13:20.000001", 5.0, 86_400.000001)]
    public void A_period_is_read(string text, double? from, double? to)
    {
        Assert.True(PeriodText.TryParse(text, TimeZoneInfo.Utc, out Period? period));
        period!.Begin(new Timestamp(First));
        Check(period, from, -1);
        Check(period, to, 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("12:00")]
    [InlineData("12:00-13:00")]
    [InlineData("25:00..26:00")]
    [InlineData("5..6")]
    [InlineData("a..b")]
    [InlineData("9999-01-01T00:00:00..")]
    [InlineData("12:00:00.12345678..")]
    public void Anything_else_is_refused(string text) => Assert.False(PeriodText.TryParse(text, TimeZoneInfo.Utc, out _));

    [Fact]
    public void Times_are_those_of_the_zone_and_a_time_that_its_clock_leaves_out_is_an_hour_later()
    {
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("made", TimeSpan.FromHours(-3), "made", "made");
        Assert.True(PeriodText.TryParse("19:13:21..", zone, out Period? period));
        period!.Begin(new Timestamp(First));
        Check(period, 1.0, -1);
        TimeZoneInfo.AdjustmentRule summer = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date,
            DateTime.MaxValue.Date,
            TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 0, 0, 0), 11, 14),
            TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 0, 0, 0), 11, 20));
        TimeZoneInfo skips = TimeZoneInfo.CreateCustomTimeZone("skips", TimeSpan.Zero, "skips", "skips", "skips", [summer]);
        Assert.True(PeriodText.TryParse("2023-11-14T00:30:00..", skips, out period));
        period!.Begin(new Timestamp(First));
        Assert.True(period.Contains(new Timestamp(First)));
    }

    // Just inside and just outside.
    private static void Check(Period period, double? at, int outwards)
    {
        if (at is not { } seconds)
        {
            Assert.True(period.Overlaps(new Timestamp(First - 1_000_000 * Second), new Timestamp(First + 1_000_000 * Second)));
            return;
        }

        long moment = First + (long)Math.Round(seconds * Second);
        bool after = outwards > 0;
        Assert.True(period.Overlaps(after ? new Timestamp(long.MinValue) : new Timestamp(moment),
            after ? new Timestamp(moment) : new Timestamp(long.MaxValue)));
        long beyond = moment + outwards * 200_000_000;
        Assert.False(after ? period.Overlaps(new Timestamp(beyond), new Timestamp(long.MaxValue))
            : period.Overlaps(new Timestamp(long.MinValue), new Timestamp(beyond)));
    }
}
