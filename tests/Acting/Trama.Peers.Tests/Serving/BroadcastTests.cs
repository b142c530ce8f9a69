using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Misbehaving;
using Trama.Peers.Serving;
using Trama.Peers.Serving.Conducts;

namespace Trama.Peers.Tests.Serving;

public class BroadcastTests
{
    private static ServerOptions Chat => new() { Conduct = new Broadcasting(), KeepOpen = true };

    [Fact]
    public async Task Each_message_goes_whole_to_all_others_and_not_back()
    {
        await using var server = new RunningServer(Chat with { Framing = FramingRule.Lines });
        Socket[] clients = await JoinAsync(server, 3);
        await clients[0].SayAsync("in two ");
        await clients[1].SayAsync("first\nsec");
        await server.Log.UntilAsync("broadcast first\n to 2");
        await clients[0].SayAsync("pieces\n");
        await server.Log.UntilAsync("broadcast in two pieces\n to 2");
        await clients[1].SayAsync("ond\n");
        Assert.Equal("first\nsecond\n", await clients[0].HearAsync(13));
        Assert.Equal("in two pieces\n", await clients[1].HearAsync(14));
        Assert.Equal("first\nin two pieces\nsecond\n", await clients[2].HearAsync(27));
        foreach (Socket client in clients) client.Dispose();
    }

    [Fact]
    public async Task Who_does_not_listen_is_closed_and_holds_nobody_up()
    {
        await using var server = new RunningServer(Chat with { MessageLimit = 1 << 20 });
        Socket[] clients = await JoinAsync(server, 3);
        (Socket speaker, Socket listener, Socket deaf) = (clients[0], clients[1], clients[2]);
        byte[] message = new byte[1 << 16];
        Task told = server.Log.UntilAsync("closed TooSlow");
        for (int said = 0; said < 1000 && !told.IsCompleted; said++)
        {
            await speaker.SendAsync(message);
            Assert.Equal(message.Length, (await listener.HearBytesAsync(message.Length)).Length);
        }

        await told;
        await speaker.SayAsync("bye");
        Assert.Equal("bye", await listener.HearAsync(3));
        // What the system had taken for it, and then the end.
        while (await deaf.ReceiveAsync(message) > 0)
        {
        }

        foreach (Socket client in clients) client.Dispose();
    }

    [Fact]
    public async Task Who_says_no_more_still_gets_what_waits_for_it()
    {
        await using var server = new RunningServer(Chat);
        Socket[] clients = await JoinAsync(server, 2);
        byte[] piece = new byte[1 << 20];
        for (int said = 0; said < 12; said++) await clients[0].SendAsync(piece);
        clients[0].Shutdown(SocketShutdown.Send);
        await server.Log.UntilAsync("closed ClientClosed");
        clients[1].Shutdown(SocketShutdown.Send);
        Assert.Equal(12 * piece.Length, (await clients[1].HearBytesAsync(20 * piece.Length)).Length);
        foreach (Socket client in clients) client.Dispose();
    }

    [Fact]
    public async Task When_the_server_stops_what_was_said_arrives()
    {
        await using var server = new RunningServer(Chat with { Framing = FramingRule.Lines });
        Socket[] clients = await JoinAsync(server, 2);
        byte[] line = [.. Enumerable.Repeat((byte)'x', 1 << 20), (byte)'\n'];
        for (int said = 0; said < 8; said++) await clients[0].SendAsync(line);
        while (!(await server.Log.NextAsync()).StartsWith("broadcast", StringComparison.Ordinal))
        {
        }

        Task stopping = server.StopAsync();
        int heard = (await clients[1].HearBytesAsync(10 * line.Length)).Length;
        foreach (Socket client in clients) client.Dispose();
        await stopping;
        int told = 1;
        while (await server.Log.NextAsync() is var next && next != "stopped")
            if (next.EndsWith(" to 1", StringComparison.Ordinal)) told++;
        Assert.Equal(told * line.Length, heard);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_fault_ends_its_connection_and_no_other(bool reset)
    {
        var fault = new FaultPlan { ResetAfter = reset ? 3 : -1, Truncate = reset ? -1 : 3 };
        await using var server = new RunningServer(Chat with { Faults = [fault] });
        Socket[] clients = await JoinAsync(server, 2);
        await clients[0].SayAsync("hello");
        if (reset) await Assert.ThrowsAsync<SocketException>(() => clients[1].HearAllAsync());
        else Assert.Equal("hel", await clients[1].HearAllAsync());
        clients[1].Dispose();
        await server.Log.UntilAsync("closed Misbehaved");
        await clients[0].SayAsync("?");
        await server.Log.UntilAsync("broadcast ? to 0");
        clients[0].Dispose();
    }

    // A client can hear when the next one is accepted; the last to come goes again.
    private static async Task<Socket[]> JoinAsync(RunningServer server, int count)
    {
        Socket[] clients = new Socket[count + 1];
        for (int index = 0; index <= count; index++)
        {
            clients[index] = await server.ConnectAsync();
            await server.Log.UntilAsync("connected 127.0.0.1");
        }

        clients[count].Close();
        await server.Log.UntilAsync("closed ClientClosed");
        return clients[..count];
    }
}
