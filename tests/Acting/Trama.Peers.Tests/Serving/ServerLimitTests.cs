using System.Net.Sockets;

namespace Trama.Peers.Tests.Serving;

public class ServerLimitTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Closes_a_silent_client_and_no_other()
    {
        var time = new ManualTime();
        await using var server = new RunningServer(RunningServer.Replying("x") with { KeepOpen = true, IdleLimit = Idle }, time);
        using Socket silent = await server.ConnectAsync();
        using Socket lively = await server.ConnectAsync();
        await lively.SayAsync("a");
        await lively.HearAsync(1);
        time.Advance(TimeSpan.FromSeconds(30));
        await lively.SayAsync("b");
        await lively.HearAsync(1);
        time.Advance(TimeSpan.FromSeconds(20));

        await server.Log.UntilAsync("closed Idle");
        Assert.Equal("", await silent.HearAllAsync());
        await lively.SayAsync("c");
        Assert.Equal("x", await lively.HearAsync(1));
    }

    [Fact]
    public async Task Closes_a_client_that_does_not_take_its_reply()
    {
        var time = new ManualTime();
        await using var server = new RunningServer(RunningServer.Replying(new byte[64 << 20]) with { IdleLimit = Idle }, time);
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("more than you can hold");
        await server.Log.UntilAsync("message more than you can hold");
        // The first bytes tell that the reply is on its way; the rest stays with the server.
        await client.HearAsync(1);
        for (int i = 0; i < 5; i++) time.Advance(Idle);
        await server.Log.UntilAsync("closed Idle");
    }

    [Fact]
    public async Task Never_closes_a_silent_client_without_a_limit()
    {
        var time = new ManualTime();
        await using var server = new RunningServer(RunningServer.Replying("x") with { IdleLimit = Timeout.InfiniteTimeSpan }, time);
        using Socket client = await server.ConnectAsync();
        await server.Log.UntilAsync("connected 127.0.0.1");
        time.Advance(TimeSpan.FromHours(10));
        await client.SayAsync("still here");
        Assert.Equal("x", await client.HearAllAsync());
    }

    [Fact]
    public async Task Closes_a_client_that_sends_too_much()
    {
        await using var server = new RunningServer(RunningServer.Replying("x") with { MessageLimit = 1 << 20 });
        using Socket client = await server.ConnectAsync();
        Task flood = Task.Run(async () =>
        {
            byte[] piece = new byte[64 << 10];
            for (int i = 0; i < 1600; i++) await client.SendAsync(piece);
        }, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<SocketException>(() => flood.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        await server.Log.UntilAsync("closed TooLarge");
    }

    [Fact]
    public async Task Does_not_wait_for_ever_for_the_client_to_close_too()
    {
        var time = new ManualTime();
        await using var server = new RunningServer(RunningServer.Replying("x"), time);
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("hi");
        Assert.Equal("x", await client.HearAllAsync());
        time.Advance(TimeSpan.FromSeconds(5));
        await server.Log.UntilAsync("closed Replied");
    }

    [Fact]
    public async Task A_flood_does_not_starve_the_others()
    {
        await using var server = new RunningServer(RunningServer.Replying("x") with { KeepOpen = true });
        using Socket flooder = await server.ConnectAsync();
        using var done = new CancellationTokenSource();
        Task flood = Task.Run(async () =>
        {
            byte[] piece = new byte[1 << 20];
            byte[] replies = new byte[1 << 16];
            while (!done.IsCancellationRequested)
            {
                await flooder.SendAsync(piece);
                if (flooder.Available > 0) await flooder.ReceiveAsync(replies);
            }
        }, TestContext.Current.CancellationToken);
        for (int i = 0; i < 20; i++)
        {
            using Socket client = await server.ConnectAsync();
            await client.SayAsync("hi");
            Assert.Equal("x", await client.HearAsync(1));
        }

        await done.CancelAsync();
        await flood;
    }
}
