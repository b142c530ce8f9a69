using System.Net;
using System.Net.Sockets;
using Trama.Framing;
using Trama.Peers.Misbehaving;
using Trama.Peers.Sending;
using Trama.Peers.Tests.Serving;
using Trama.Peers.Transports;

namespace Trama.Peers.Tests.Sending;

public class ClientTests
{
    private readonly KeptLog _log = new();

    [Fact]
    public async Task Knows_the_end_of_a_reply_by_the_close()
    {
        await using var server = new RunningServer(RunningServer.Replying("the reply"));
        using Client client = await Client.ConnectAsync(To(server.Endpoint));
        Assert.Equal(ReplyEnd.Closed, await client.ExchangeAsync("hi"u8.ToArray(), _log));
        Assert.Equal("the reply", _log.Received);
    }

    [Fact]
    public async Task Knows_the_end_of_a_reply_by_the_silence_and_can_go_on()
    {
        await using var server = new RunningServer(RunningServer.Replying("r") with { KeepOpen = true });
        using Client client = await Client.ConnectAsync(To(server.Endpoint));
        for (int i = 0; i < 3; i++) Assert.Equal(ReplyEnd.Silent, await client.ExchangeAsync("hi"u8.ToArray(), _log));
        Assert.Equal("rrr", _log.Received);
    }

    [Fact]
    public async Task Takes_the_reply_while_the_message_is_still_going_out()
    {
        await using var server = new RunningServer(RunningServer.Echoing);
        byte[] message = new byte[16 << 20];
        new Random(3).NextBytes(message);
        using Client client = await Client.ConnectAsync(To(server.Endpoint) with { ReplyGap = TimeSpan.FromSeconds(2) });
        await client.ExchangeAsync(message, _log);
        Assert.True(_log.ReceivedBytes.SequenceEqual(message));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, 100)]
    public async Task A_file_is_sent_from_where_it_stands_whether_or_not_its_bytes_are_heard(bool hears, int? slice)
    {
        await using var server = new RunningServer(RunningServer.Echoing);
        byte[] content = new byte[slice is null ? 5_000_000 : 5_000];
        new Random(4).NextBytes(content);
        string path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.DeleteOnClose);
        file.Position = 1000;
        FaultPlan[] faults = slice is { } size ? [new FaultPlan { Slice = size }] : [];
        var log = new KeptLog(hears);
        using Client client = await Client.ConnectAsync(To(server.Endpoint) with { Faults = faults });
        Assert.Equal(ReplyEnd.Closed, await client.StreamAsync("first"u8.ToArray(), file, log));
        Assert.True(log.ReceivedBytes.SequenceEqual([.. "first"u8, .. content.AsSpan(1000)]));
        Assert.Equal(hears || slice is not null, log.Sent.Length > "first|".Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reset_on_purpose_while_a_reply_is_awaited_is_told_as_that(bool framed)
    {
        await using var server = new RunningServer(RunningServer.Echoing with { Framing = FramingRule.Lines });
        using Client client = await Client.ConnectAsync(
            To(server.Endpoint) with { Faults = [new FaultPlan { ResetAfter = 1000 }], Framing = framed ? FramingRule.Lines : null });
        var input = new MemoryStream(new byte[5000]);
        Task<ReplyEnd> exchange = framed ? client.ExchangeAllAsync(default, input, _log) : client.StreamAsync(default, input, _log);
        Assert.Equal(ClientFailure.Misbehaved, (await Assert.ThrowsAsync<ClientException>(() => exchange)).Failure);
    }

    [Fact]
    public async Task Gives_up_on_a_server_that_does_not_reply()
    {
        await using var server = new RunningServer(RunningServer.Replying("") with { KeepOpen = true });
        using Client client = await Client.ConnectAsync(To(server.Endpoint) with { ReplyTimeout = TimeSpan.FromMilliseconds(50) });
        await FailsAsync(ClientFailure.ReplyTimedOut, client, "hi"u8.ToArray());
    }

    [Fact]
    public async Task Gives_up_on_a_server_that_does_not_read()
    {
        using Socket listener = Listen();
        using Client client = await Client.ConnectAsync(
            To((IPEndPoint)listener.LocalEndPoint!) with { ReplyTimeout = TimeSpan.FromMilliseconds(50) });
        await FailsAsync(ClientFailure.SendTimedOut, client, new byte[64 << 20]);
    }

    [Fact]
    public async Task Tells_a_reset_from_a_close()
    {
        using Socket listener = Listen();
        foreach (ClientFailure failure in new[] { ClientFailure.Reset, ClientFailure.ClosedWithoutReply })
        {
            using Client client = await Client.ConnectAsync(To((IPEndPoint)listener.LocalEndPoint!));
            Task failing = FailsAsync(failure, client, "hi"u8.ToArray());
            Socket accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
            await accepted.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken);
            if (failure == ClientFailure.Reset) accepted.Close(0);
            else accepted.Close();
            await failing;
        }
    }

    [Fact]
    public async Task A_server_that_resets_at_once_is_met_as_a_failure_and_nothing_else()
    {
        using Socket listener = Listen();
        Task accepting = Task.Run(async () =>
        {
            for (int i = 0; i < 300; i++) (await listener.AcceptAsync(TestContext.Current.CancellationToken)).Close(0);
        }, TestContext.Current.CancellationToken);
        for (int i = 0; i < 300; i++)
        {
            try
            {
                using Client client = await Client.ConnectAsync(To((IPEndPoint)listener.LocalEndPoint!));
            }
            catch (ClientException error)
            {
                Assert.Equal(ClientFailure.Reset, error.Failure);
            }
        }

        await accepting;
    }

    [Fact]
    public async Task Names_every_address_that_refused()
    {
        int port;
        using (Socket listener = Listen()) port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        var error = await Assert.ThrowsAsync<ClientException>(
            () => Client.ConnectAsync(new ClientOptions { Host = "localhost", Port = port }));
        Assert.Equal(ClientFailure.Refused, error.Failure);
        Assert.Contains(error.Attempts, attempt => attempt is { Address: var address, Failure: ClientFailure.Refused }
            && IPAddress.IsLoopback(address));
    }

    [Fact]
    public async Task Connects_from_the_address_and_with_the_options_asked_for()
    {
        await using var server = new RunningServer(RunningServer.Echoing);
        var tuning = new TcpTuning
        {
            KeepAlive = TimeSpan.FromSeconds(7),
            UserTimeout = TimeSpan.FromSeconds(3),
            SegmentSize = 600,
            FastOpen = true
        };
        using Client client = await Client.ConnectAsync(
            To(server.Endpoint) with { From = IPEndPoint.Parse("127.0.0.9"), Tuning = tuning, Framing = FramingRule.Raw });
        await client.ExchangeAsync("hi"u8.ToArray(), _log);
        await server.Log.UntilAsync("connected 127.0.0.9");
        Socket socket = client.Transport.Socket;
        Assert.Equal(7, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        TcpStatistics tcp = Assert.IsType<TcpStatistics>(TcpStatistics.Of(socket));
        Assert.InRange(tcp.SegmentSize, 500, 600);
        Assert.True(tcp.SegmentsOut > 0 && tcp.RoundTrip > TimeSpan.Zero);
    }

    [Fact]
    public async Task Tells_of_an_own_address_that_is_not_its_own()
    {
        ClientOptions options = To(new IPEndPoint(IPAddress.Loopback, 9)) with { From = IPEndPoint.Parse("192.0.2.1") };
        Assert.Equal(ClientFailure.OwnAddress, (await Assert.ThrowsAsync<ClientException>(() => Client.ConnectAsync(options))).Failure);
    }

    private static ClientOptions To(IPEndPoint endpoint) => new() { Host = endpoint.Address.ToString(), Port = endpoint.Port };

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    private async Task FailsAsync(ClientFailure failure, Client client, byte[] message) =>
        Assert.Equal(failure, (await Assert.ThrowsAsync<ClientException>(() => client.ExchangeAsync(message, _log))).Failure);
}
