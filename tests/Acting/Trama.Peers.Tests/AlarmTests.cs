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

    [Fact]
    public async Task Whoever_waits_goes_on_when_it_is_rung_and_when_it_is_time()
    {
        using var alarm = new Alarm(TimeProvider.System);
        Task rung = alarm.UntilAsync(Alarm.Never).AsTask();
        Assert.False(rung.IsCompleted);
        alarm.Ring();
        Assert.True(rung.IsCompleted);
        await rung;
        // What was rung before one looked does not count, what was rung since does.
        alarm.Silence();
        alarm.Ring();
        Assert.True(alarm.UntilAsync(Alarm.Never).AsTask().IsCompleted);
        alarm.Silence();
        long at = TimeProvider.System.GetTimestamp() + (TimeProvider.System.TimestampFrequency / 50);
        await alarm.UntilAsync(at);
        Assert.True(TimeProvider.System.GetTimestamp() >= at);
    }

    [Fact]
    public async Task Ten_thousand_wait_at_a_time_none_too_short_and_none_for_ever()
    {
        var dice = new Random(1);
        long now = TimeProvider.System.GetTimestamp(), second = TimeProvider.System.TimestampFrequency;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        (long At, Task Waiting)[] all =
        [
            .. Enumerable.Range(0, 10_000).Select(number => number % 10 == 0 ? long.MaxValue / 2 : now + dice.NextInt64(second))
                .Select(at => (at, WaitAsync(at))),
        ];
        await Task.WhenAll(all.Where(one => one.At < long.MaxValue / 2).Select(one => one.Waiting));
        Assert.All(all.Where(one => one.At == long.MaxValue / 2), one => Assert.False(one.Waiting.IsCompleted));
        await stop.CancelAsync();
        foreach ((long _, Task waiting) in all.Where(one => one.At == long.MaxValue / 2))
            await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);

        async Task WaitAsync(long at)
        {
            await Alarm.UntilAsync(at, TimeProvider.System, stop.Token);
            Assert.True(TimeProvider.System.GetTimestamp() >= at);
        }
    }

    [Fact]
    public void Alarms_are_kept_in_order_however_they_are_moved()
    {
        var dice = new Random(7);
        var heap = new AlarmHeap();
        Alarm[] alarms = [.. Enumerable.Range(0, 60).Select(_ => new Alarm(TimeProvider.System))];
        var model = new Dictionary<Alarm, long>();
        for (int step = 0; step < 20_000; step++)
        {
            Alarm alarm = alarms[dice.Next(alarms.Length)];
            if (dice.Next(3) == 0)
            {
                heap.Remove(alarm);
                model.Remove(alarm);
            }
            else
            {
                heap.Set(alarm, model[alarm] = dice.Next(500));
            }

            Assert.Equal(model.Count == 0, heap.First is null);
            if (heap.First is { } first) Assert.Equal(model.Values.Min(), model[first]);
        }
    }
}
