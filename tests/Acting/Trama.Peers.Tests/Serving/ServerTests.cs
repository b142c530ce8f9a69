using System.Net;
using System.Net.Sockets;
using Trama.Peers.Listening;
using Trama.Peers.Serving;

namespace Trama.Peers.Tests.Serving;

public class ServerTests
{
    [Fact]
    public async Task Answers_one_message_and_closes()
    {
        await using var server = new RunningServer(RunningServer.Replying("reply"));
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("Olá");
        Assert.Equal("reply", await client.HearAllAsync());
        client.Close();

        Assert.Equal("listening", await server.Log.NextAsync());
        Assert.Equal("connected 127.0.0.1", await server.Log.NextAsync());
        Assert.Equal("message Olá", await server.Log.NextAsync());
        Assert.Equal("reply 5", await server.Log.NextAsync());
        Assert.Equal("closed Replied", await server.Log.NextAsync());
    }

    [Fact]
    public async Task Keeps_open_until_the_client_closes()
    {
        await using var server = new RunningServer(RunningServer.Replying("+") with { KeepOpen = true });
        using Socket client = await server.ConnectAsync();
        for (int i = 0; i < 3; i++)
        {
            await client.SayAsync($"{i}");
            Assert.Equal("+", await client.HearAsync(1));
        }

        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await client.HearAllAsync());
        await server.Log.UntilAsync("closed ClientClosed");
    }

    [Fact]
    public async Task Echoes_more_than_the_sockets_hold_while_the_client_reads()
    {
        await using var server = new RunningServer(RunningServer.Echoing);
        using Socket client = await server.ConnectAsync();
        byte[] sent = new byte[20 << 20];
        new Random(7).NextBytes(sent);
        Task sending = Task.Run(async () =>
        {
            for (int at = 0; at < sent.Length;) at += await client.SendAsync(sent.AsMemory(at));
            client.Shutdown(SocketShutdown.Send);
        }, TestContext.Current.CancellationToken);
        byte[] echoed = new byte[sent.Length + 1];
        int length = 0;
        while (await client.ReceiveAsync(echoed.AsMemory(length), TestContext.Current.CancellationToken) is > 0
            and int count) length += count;
        await sending;
        Assert.True(echoed.AsSpan(0, length).SequenceEqual(sent));
    }

    [Fact]
    public async Task Serves_a_thousand_clients_at_once()
    {
        await using var server = new RunningServer(RunningServer.Replying("pong") with { KeepOpen = true });
        Socket[] clients = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => server.ConnectAsync()));
        string[] answers = await Task.WhenAll(clients.Select(async client =>
        {
            await client.SayAsync("ping");
            return await client.HearAsync(4);
        }));
        Assert.All(answers, answer => Assert.Equal("pong", answer));
        foreach (Socket client in clients) client.Dispose();
    }

    [Fact]
    public async Task Stops_after_one_connection_when_told_so()
    {
        await using var server = new RunningServer(RunningServer.Replying("x") with { Once = true });
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("hi");
        Assert.Equal("x", await client.HearAllAsync());
        client.Close();
        await server.Running.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await server.Log.UntilAsync("stopped");
    }

    [Fact]
    public async Task Shows_a_client_by_IPv4_as_IPv4_when_it_listens_on_all_interfaces()
    {
        var log = new RecordingLog();
        using var server = Server.Listen(RunningServer.Replying("x") with { Port = 0, Once = true }, log);
        Task running = server.RunAsync(TestContext.Current.CancellationToken);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)server.Endpoint).Port, TestContext.Current.CancellationToken);
        client.Close();
        await log.UntilAsync("connected 127.0.0.1");
        await running.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Goes_on_when_a_client_resets()
    {
        await using var server = new RunningServer(RunningServer.Replying("x") with { KeepOpen = true });
        using (Socket rude = await server.ConnectAsync())
        {
            await rude.SayAsync("hi");
            await rude.HearAsync(1);
            rude.Close(0);
        }

        await server.Log.UntilAsync("closed Reset");
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("hi");
        Assert.Equal("x", await client.HearAsync(1));
    }

    [Fact]
    public void Says_that_a_port_is_taken()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        var error = Assert.Throws<ListenException>(() =>
            Server.Listen(RunningServer.Replying("x") with { Port = port }, new RecordingLog()));
        Assert.Equal(ListenFailure.PortTaken, error.Failure);
    }

    [Fact]
    public void Says_that_an_address_is_not_local()
    {
        var options = RunningServer.Replying("x") with { Address = IPAddress.Parse("192.0.2.1"), Port = 0 };
        Assert.Equal(ListenFailure.AddressNotLocal, Assert.Throws<ListenException>(() =>
            Server.Listen(options, new RecordingLog())).Failure);
    }
}
