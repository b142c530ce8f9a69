using System.Net.Sockets;
using Trama.Peers.Tests.Serving;

namespace Trama.Peers.Tests.Relaying;

/// <summary>Whoever asks a relay whether it has read what was sent is told when it has.</summary>
public class RelayCatchUpTests
{
    [Fact]
    public async Task What_was_sent_before_is_in_the_log_and_nobody_is_told_of_the_question()
    {
        await using var relay = new RunningRelay();
        (Socket client, Socket target) = await relay.JoinAsync();
        using Socket one = client, other = target;
        await client.SayAsync("question");
        await target.SayAsync("answer");
        Assert.True(await relay.CatchUpAsync());
        var said = new HashSet<string>();
        for (int line = 0; line < 4; line++) said.Add((await relay.Log.NextAsync()).Split(' ', 2)[1].Split(' ', 2)[0]);
        Assert.Equal(["ToClient", "ToServer", "accepted", "connected"], said.Order(StringComparer.Ordinal));
        client.Close();
        target.Close();
        Assert.True(await relay.CatchUpAsync());
        Assert.StartsWith("1 closed ", await relay.Log.EndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_receiver_does_not_take_is_not_waited_for()
    {
        await using var relay = new RunningRelay();
        (Socket client, Socket target) = await relay.JoinAsync();
        using Socket one = client, other = target;
        client.Blocking = false;
        byte[] much = new byte[1 << 20];
        // Until nobody on the way has room for more.
        for (int full = 0; full < 5; await Task.Delay(20, TestContext.Current.CancellationToken))
            full = client.Poll(0, SelectMode.SelectWrite) && client.Send(much, SocketFlags.None, out _) > 0 ? 0 : full + 1;
        Assert.True(await relay.CatchUpAsync());
    }

    [Fact]
    public async Task A_relay_that_has_stopped_has_read_nothing()
    {
        await using var relay = new RunningRelay();
        await relay.StopAsync();
        Assert.False(await relay.CatchUpAsync());
    }
}
