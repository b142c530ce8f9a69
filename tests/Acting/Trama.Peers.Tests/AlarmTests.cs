using Trama.Peers.Tests.Serving;

namespace Trama.Peers.Tests;

public class AlarmTests
{
    [Fact]
    public async Task What_is_further_off_than_timers_take_is_waited_for()
    {
        var time = new ManualTime();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        Task waiting = Alarm.UntilAsync(TimeSpan.FromDays(100).Ticks, time, deadline.Token);
        for (int day = 0; day < 99; day++)
        {
            time.Advance(TimeSpan.FromDays(1));
            await Task.Yield();
        }

        Assert.False(waiting.IsCompleted);
        while (!waiting.IsCompleted)
        {
            time.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        await waiting;
        Assert.True(time.GetTimestamp() >= TimeSpan.FromDays(100).Ticks);
    }
}
