using System.Net.Sockets;
using Trama.Peers.Serving.Conducts;

namespace Trama.Peers.Tests.Serving;

public class SinkAndSourceTests
{
    [Fact]
    public async Task A_sink_takes_everything_counts_it_and_says_nothing()
    {
        await using var server = new RunningServer(RunningServer.Echoing with { Conduct = new Sinking() });
        using Socket client = await server.ConnectAsync();
        byte[] piece = new byte[1 << 20];
        for (int i = 0; i < 20; i++) await client.SendAsync(piece);
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await client.HearAllAsync());
        await server.Log.UntilAsync("closed ClientClosed");
        Assert.Equal(20 << 20, server.Log.ReceivedBytes);
    }

    [Fact]
    public async Task A_source_sends_as_much_as_it_is_told_and_closes()
    {
        await using var server = new RunningServer(RunningServer.Echoing with { Conduct = new Pouring(3_000_000) });
        using Socket client = await server.ConnectAsync();
        Assert.Equal(3_000_000, (await client.HearBytesAsync(4_000_000)).Length);
    }
}
