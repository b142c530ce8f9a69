using System.Net.Sockets;

namespace Trama.Peers.Tests.Serving;

public class ServerStopTests
{
    [Fact]
    public async Task Lets_go_of_clients_that_wait_and_accepts_no_more()
    {
        await using var server = new RunningServer(RunningServer.Replying("x") with { KeepOpen = true });
        using Socket client = await server.ConnectAsync();
        await server.Log.UntilAsync("connected 127.0.0.1");
        await server.StopAsync();
        Assert.Equal("", await client.HearAllAsync());
        await server.Log.UntilAsync("closed Stopped");
        await Assert.ThrowsAsync<SocketException>(server.ConnectAsync);
    }

    [Fact]
    public async Task Tells_that_it_stopped_of_a_client_that_sends_on()
    {
        await using var server = new RunningServer(RunningServer.Replying("x") with { KeepOpen = true, MessageLimit = 1000 });
        using Socket client = await server.ConnectAsync();
        await server.Log.UntilAsync("connected 127.0.0.1");
        Task stopped = server.StopAsync();
        Assert.Equal("", await client.HearAllAsync());
        await client.SendAsync(new byte[5000], TestContext.Current.CancellationToken);
        await server.Log.UntilAsync("closed Stopped");
        await stopped;
    }

    [Fact]
    public async Task Finishes_a_reply_that_has_begun()
    {
        const int Length = 32 << 20;
        await using var server = new RunningServer(RunningServer.Replying(new byte[Length])
            with
        { StopDeadline = TimeSpan.FromMinutes(1) });
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("hi");
        int received = (await client.HearAsync(1)).Length;
        Task stopped = server.StopAsync();
        byte[] buffer = new byte[1 << 16];
        while (await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and int count) received += count;
        client.Close();
        await stopped;
        Assert.Equal(Length, received);
    }

    [Fact]
    public async Task Resets_a_client_that_does_not_take_its_reply_by_the_deadline()
    {
        var time = new ManualTime();
        await using var server = new RunningServer(RunningServer.Replying(new byte[64 << 20])
            with
        { IdleLimit = Timeout.InfiniteTimeSpan }, time);
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("hi");
        await client.HearAsync(1);
        Task stopped = server.StopAsync();
        while (!stopped.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stopped;
        await server.Log.UntilAsync("closed Aborted");
    }
}
