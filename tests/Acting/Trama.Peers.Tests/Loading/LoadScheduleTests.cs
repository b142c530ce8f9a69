using System.Net;
using CsCheck;
using Trama.Peers.Loading;

namespace Trama.Peers.Tests.Loading;

public class LoadScheduleTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void Requests_are_due_evenly_and_measured_after_ramp_and_warmup()
    {
        LoadSchedule schedule = Of(rate: 1000, ramp: 2, warmup: 1, duration: 3);
        // While the rate grows for two seconds, half of what a full rate would bring is due.
        Assert.Equal(100 + 2 * Second, schedule.DueAt(1000));
        Assert.Equal(100 + 2 * Second + Second / 1000, schedule.DueAt(1001));
        Assert.Equal(100 + Second, schedule.DueAt(250));
        Assert.Equal(100 + 6 * Second, schedule.End);
        Assert.False(schedule.IsMeasured(99 + 3 * Second));
        Assert.True(schedule.IsMeasured(100 + 3 * Second));
        Assert.False(schedule.IsMeasured(100 + 6 * Second));
    }

    [Fact]
    public void Times_never_go_backwards() =>
        Gen.Select(Gen.Double[0.01, 1e6], Gen.Int[0, 100], Gen.Long[0, 1_000_000]).Sample((rate, ramp, index) =>
        {
            LoadSchedule schedule = Of(rate, ramp, 0, 1);
            Assert.InRange(schedule.DueAt(index), 100, schedule.DueAt(index + 1));
        });

    private static LoadSchedule Of(double rate, int ramp, int warmup, int duration) => new(
        new LoadOptions
        {
            Server = new IPEndPoint(IPAddress.Loopback, 1),
            Request = new byte[1],
            Rate = rate,
            Ramp = TimeSpan.FromSeconds(ramp),
            Warmup = TimeSpan.FromSeconds(warmup),
            Duration = TimeSpan.FromSeconds(duration),
        },
        start: 100, share: 1);
}
