using System.Net;
using System.Net.Sockets;
using Trama.Peers.Relaying;
using Trama.Peers.Tests.Serving;

namespace Trama.Peers.Tests.Relaying;

/// <summary>How the connections of a relay come to their end when it stops.</summary>
public class RelayStopTests
{
    [Fact]
    public async Task When_stopped_the_target_still_answers_what_was_asked()
    {
        await using var relay = new RunningRelay();
        (Socket client, Socket target) = await relay.JoinAsync();
        using Socket one = client, other = target;
        await client.SayAsync("question");
        Assert.Equal("question", await target.HearAsync(8));
        Task stopped = relay.StopAsync();
        Assert.Equal("", await target.HearAllAsync());
        await target.SayAsync("answer");
        target.Close();
        Assert.Equal("answer", await client.HearAllAsync());
        client.Close();
        await stopped;
        await relay.Log.UntilAsync("1 closed Closed 8 6");
    }

    [Fact]
    public async Task When_stopped_what_does_not_end_by_the_deadline_is_reset()
    {
        var time = new ManualTime();
        await using var relay = new RunningRelay(time: time);
        (Socket client, Socket target) = await relay.JoinAsync();
        using Socket one = client, other = target;
        await relay.Log.UntilAsync($"1 connected {((IPEndPoint)target.LocalEndPoint!).Port}");
        Task stopped = relay.StopAsync();
        Assert.Equal("", await target.HearAllAsync());
        while (!stopped.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stopped;
        await relay.Log.UntilAsync("1 closed Aborted 0 0");
    }

    [Fact]
    public async Task When_stopped_a_client_that_talks_on_is_reset_at_the_deadline()
    {
        var time = new ManualTime();
        await using var relay = new RunningRelay(time: time);
        (Socket client, Socket target) = await relay.JoinAsync();
        using Socket one = client, other = target;
        Task talking = Task.Run(() => TalkForEver(client), TestContext.Current.CancellationToken);
        Assert.Equal("talk", await target.HearAsync(4));
        // Up to a pause of the client, if there is one.
        Task hearing = RelayTests.CountAsync(target);
        Task stopped = relay.StopAsync();
        while (!stopped.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await stopped;
        await Assert.ThrowsAsync<SocketException>(() => talking);
        await Task.WhenAny(hearing);
    }

    [Theory]
    [InlineData(ProxyVersion.None)]
    [InlineData(ProxyVersion.V1)]
    public async Task A_connection_that_is_reset_before_it_has_a_target_keeps_no_stop_waiting(ProxyVersion version)
    {
        await using var relay = new RunningRelay(with: options => options with { Proxy = version });
        relay.Log.OnAccepted = connection => connection.Abort(RelayEnd.Idle);
        // The reset may come before the client has noticed that it is connected.
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using Socket client = await relay.ConnectAsync();
            await client.HearAllAsync();
        });
        await relay.Log.UntilAsync("1 closed Idle 0 0");
        await relay.StopAsync();
    }

    private static void TalkForEver(Socket socket)
    {
        while (true) socket.Send("talk"u8);
    }
}
