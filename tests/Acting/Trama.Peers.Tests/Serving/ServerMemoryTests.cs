using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Serving;

namespace Trama.Peers.Tests.Serving;

public class ServerMemoryTests
{
    private static readonly ServerOptions Small = RunningServer.Echoing with
    {
        Framing = FramingRule.Lines,
        MessageLimit = 8 << 20,
        MemoryLimit = 1 << 20,
    };

    [Fact]
    public async Task When_no_connection_can_go_on_the_one_that_holds_most_is_closed_and_the_others_go_on()
    {
        await using var server = new RunningServer(Small);
        using Socket much = await server.ConnectAsync(), little = await server.ConnectAsync();
        Task closed = server.Log.UntilAsync("closed HeldTooMuch");
        await much.SendAsync(new byte[900_000]);
        Task saying = little.SendAsync(Line(700_000));
        await closed;
        Assert.Equal(700_001, (await little.HearBytesAsync(700_001)).Length);
        await saying;
        // What it held was given back: there is room for as much again.
        using Socket next = await server.ConnectAsync();
        Task again = next.SendAsync(Line(900_000));
        Assert.Equal(900_001, (await next.HearBytesAsync(900_001)).Length);
        await again;
    }

    [Fact]
    public async Task One_connection_alone_may_send_as_large_a_message_as_is_allowed()
    {
        await using var server = new RunningServer(Small);
        using Socket client = await server.ConnectAsync();
        Task saying = client.SendAsync(Line(7_000_000));
        Assert.Equal(7_000_001, (await client.HearBytesAsync(7_000_001)).Length);
        await saying;
    }

    [Fact]
    public async Task Those_that_wait_for_memory_end_when_the_server_stops()
    {
        await using var server = new RunningServer(Small);
        using Socket one = await server.ConnectAsync(), other = await server.ConnectAsync();
        await one.SendAsync(new byte[1_000_000]);
        await other.SendAsync(new byte[1_000_000]);
        await server.StopAsync();
    }

    private static byte[] Line(int length)
    {
        byte[] line = new byte[length + 1];
        line.AsSpan(..length).Fill((byte)'x');
        line[length] = (byte)'\n';
        return line;
    }
}
