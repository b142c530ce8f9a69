using CsCheck;
using Trama.Peers.Listening;

namespace Trama.Peers.Tests.Listening;

public class MemoryBudgetTests
{
    private static CancellationToken Deadline { get; } = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_finds_no_room_waits_until_others_give_some_back()
    {
        var budget = new MemoryBudget(100);
        MemoryShare one = new(budget), other = new(budget);
        Assert.True(await one.TakeAsync(80));
        ValueTask<bool> taking = other.TakeAsync(30);
        Assert.False(taking.IsCompleted);
        one.Add(-20);
        Assert.True(await taking);
        Assert.Equal((60, 30, 90), (one.Held, other.Held, budget.Held));
    }

    [Fact]
    public async Task Who_alone_holds_anything_goes_beyond_the_limit()
    {
        var budget = new MemoryBudget(100);
        MemoryShare one = new(budget), other = new(budget);
        Assert.True(await one.TakeAsync(80));
        Assert.True(await one.TakeAsync(80));
        ValueTask<bool> taking = other.TakeAsync(1);
        Assert.False(taking.IsCompleted);
        one.Add(-160);
        Assert.True(await taking);
    }

    [Fact]
    public async Task Who_ends_waits_no_more_and_those_behind_it_go_on()
    {
        var budget = new MemoryBudget(100);
        MemoryShare one = new(budget), large = new(budget), small = new(budget);
        Assert.True(await one.TakeAsync(60));
        ValueTask<bool> first = large.TakeAsync(50), second = small.TakeAsync(10);
        Assert.False(second.IsCompleted);
        large.End();
        Assert.False(await first);
        Assert.True(await second);
        Assert.False(await large.TakeAsync(1));
        Assert.Equal(70, budget.Held);
    }

    [Fact]
    public async Task It_is_stuck_when_somebody_waits_and_nobody_gives_back()
    {
        var budget = new MemoryBudget(100);
        MemoryShare one = new(budget), other = new(budget);
        Assert.True(await one.TakeAsync(90));
        Assert.False(budget.IsStuck());
        ValueTask<bool> taking = other.TakeAsync(50);
        Assert.True(budget.IsStuck());
        one.Add(-10);
        Assert.False(budget.IsStuck());
        Assert.True(budget.IsStuck());
        one.Add(-80);
        Assert.True(await taking);
        Assert.False(budget.IsStuck());
    }

    [Fact]
    public void However_many_take_and_give_at_once_nothing_is_lost_and_all_go_on() =>
        Gen.Int[1, 60].Array[2, 40].Sample(sizes =>
        {
            var budget = new MemoryBudget(100);
            Task.WaitAll([.. sizes.Select(size => Task.Run(
                async () =>
                {
                    var share = new MemoryShare(budget);
                    for (int turn = 0; turn < 5; turn++)
                    {
                        Assert.True(await share.TakeAsync(size));
                        await Task.Yield();
                        share.Add(-size);
                    }

                    Assert.Equal(0, share.Held);
                },
                Deadline))], Deadline);
            Assert.Equal(0, budget.Held);
        }, iter: 200);
}
