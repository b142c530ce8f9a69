using System.Net.Sockets;
using Trama.Peers.Misbehaving;
using Trama.Peers.Serving;

namespace Trama.Peers.Tests.Serving;

public class ServerFaultTests
{
    [Fact]
    public async Task Resets_in_the_middle_of_a_reply()
    {
        await using var server = new RunningServer(Faulty(new FaultPlan { ResetAfter = 3 }));
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("hi");
        SocketException error = await Assert.ThrowsAsync<SocketException>(client.HearAllAsync);
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        await server.Log.UntilAsync("closed Misbehaved");
    }

    [Theory]
    [InlineData(3, "the")]
    [InlineData(0, "")]
    public async Task Closes_in_the_middle_of_a_reply(int bytes, string heard)
    {
        await using var server = new RunningServer(Faulty(new FaultPlan { Truncate = bytes }));
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("hi");
        Assert.Equal(heard, await client.HearAllAsync());
        client.Close();
        await server.Log.UntilAsync("closed Misbehaved");
    }

    [Fact]
    public async Task Reads_nothing_and_goes_when_it_is_idle()
    {
        var time = new ManualTime();
        await using var server = new RunningServer(Faulty(new FaultPlan { ZeroWindow = 0 })
            with
        { IdleLimit = TimeSpan.FromSeconds(40) }, time);
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("hi");
        Assert.Equal("listening", await server.Log.NextAsync());
        Assert.Equal("connected 127.0.0.1", await server.Log.NextAsync());
        for (int i = 0; i < 5; i++) time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("closed Idle", await server.Log.NextAsync());
    }

    [Fact]
    public async Task Treats_each_connection_by_the_first_plan_that_chance_selects()
    {
        await using var server = new RunningServer(Faulty(new FaultPlan { Chance = 0, NoReply = true }, new FaultPlan { Slice = 1 },
            new FaultPlan { ClosedWithoutReply = true }));
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("hi");
        Assert.Equal("the reply", await client.HearAllAsync());
    }

    [Fact]
    public async Task Stops_while_it_waits_before_a_reply()
    {
        await using var server = new RunningServer(Faulty(new FaultPlan { Latency = TimeSpan.FromHours(1) })
            with
        { StopDeadline = TimeSpan.FromMilliseconds(50) });
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("hi");
        await server.Log.UntilAsync("message hi");
        await server.StopAsync();
    }

    private static ServerOptions Faulty(params FaultPlan[] plans) => RunningServer.Replying("the reply") with { Faults = plans };
}
