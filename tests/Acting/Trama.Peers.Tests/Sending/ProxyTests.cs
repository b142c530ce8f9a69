using System.Net;
using System.Net.Sockets;
using System.Text;
using Trama.Peers.Sending;
using Trama.Peers.Tests.Serving;

namespace Trama.Peers.Tests.Sending;

public sealed class ProxyTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly KeptLog _log = new();

    public ProxyTests() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Socks_signs_in_and_leaves_the_name_to_the_proxy()
    {
        Task<byte[]> proxy = ProxyAsync(
            (3, "\x05\x02"), ("\x01\u0003ana\x06secret".Length, "\x01\x00"), (4 + 1 + 14 + 2, "\x05\x00\x00\x04" + new string('\0', 18)),
            (2, "there"));
        Assert.Equal("there",
            await ExchangeAsync(To("server.example") with { Proxy = Proxy(ProxyKind.Socks5) with { User = "ana", Password = "secret" } }));
        Assert.Equal("\x05\x01\x02" + "\x01\u0003ana\x06secret" + "\x05\x01\x00\x03\x0eserver.example\x13\x88" + "hi",
            Encoding.Latin1.GetString(await proxy));
    }

    [Theory]
    [InlineData("192.0.2.1", "\x05\x01\x00\x01\xc0\x00\x02\x01\x13\x88")]
    [InlineData("::1", "\x05\x01\x00\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13\x88")]
    public async Task Socks_takes_addresses_as_they_are(string host, string request)
    {
        Task<byte[]> proxy = ProxyAsync((3, "\x05\x00"), (request.Length, "\x05\x00\x00\x03\x04name\0\0"), (2, "there"));
        Assert.Equal("there", await ExchangeAsync(To(host) with { Proxy = Proxy(ProxyKind.Socks5) }));
        Assert.Equal("\x05\x01\x00" + request + "hi", Encoding.Latin1.GetString(await proxy));
    }

    [Fact]
    public async Task Http_connects_and_loses_nothing_that_the_server_says_at_once()
    {
        const string Request = "CONNECT [::1]:5000 HTTP/1.1\r\nHost: [::1]:5000\r\nProxy-Authorization: Basic YW5hOnNlY3JldA==\r\n\r\n";
        Task<byte[]> proxy = ProxyAsync((Request.Length, "HTTP/1.1 200 Connected\r\nVia: a\r\n\r\nwelcome "), (2, "there"));
        Assert.Equal("welcome there", await ExchangeAsync(
            To("::1") with { Proxy = Proxy(ProxyKind.Http) with { User = "ana", Password = "secret" } }));
        Assert.Equal(Request + "hi", Encoding.Latin1.GetString(await proxy));
    }

    [Theory]
    [InlineData(ProxyKind.Socks5, "\x05\xff", ProxyFailure.SignIn, 0)]
    [InlineData(ProxyKind.Socks5, "\x05\x00\x05\x05\x00\x01", ProxyFailure.Refused, 5)]
    [InlineData(ProxyKind.Socks5, "\x05\x00\x05\x00\x00\x09", ProxyFailure.NotAProxy, 0)]
    [InlineData(ProxyKind.Socks5, "HTTP/1.1 400 Bad Request\r\n\r\n", ProxyFailure.NotAProxy, 0)]
    [InlineData(ProxyKind.Socks5, "", ProxyFailure.NotAProxy, 0)]
    [InlineData(ProxyKind.Http, "HTTP/1.1 403 No\r\n\r\n", ProxyFailure.Refused, 403)]
    [InlineData(ProxyKind.Http, "HTTP/1.1 407 Sign in\n\n", ProxyFailure.SignIn, 407)]
    [InlineData(ProxyKind.Http, "220 mail.example\r\n\r\n", ProxyFailure.NotAProxy, 0)]
    [InlineData(ProxyKind.Http, "HTTP/1.1 200 cut", ProxyFailure.NotAProxy, 0)]
    public async Task What_a_proxy_says_instead_is_told(ProxyKind kind, string answer, ProxyFailure failure, int code)
    {
        Task<byte[]> proxy = ProxyAsync((3, answer));
        ClientException error = await Assert.ThrowsAsync<ClientException>(() =>
            Client.ConnectAsync(To("server.example") with { Proxy = Proxy(kind) }));
        var told = Assert.IsType<ProxyException>(error.InnerException);
        Assert.Equal((ClientFailure.ProxyFailed, failure, code), (error.Failure, told.Failure, told.Code));
        await proxy;
    }

    [Fact]
    public async Task A_proxy_that_says_nothing_has_its_time()
    {
        var time = new ManualTime();
        Task<Client> connecting = Client.ConnectAsync(To("server.example") with { Proxy = Proxy(ProxyKind.Socks5) }, time);
        using Socket proxy = await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await proxy.HearBytesAsync(3);
        time.Advance(TimeSpan.FromSeconds(5));
        ClientException error = await Assert.ThrowsAsync<ClientException>(() =>
            connecting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Equal(ProxyFailure.TimedOut, Assert.IsType<ProxyException>(error.InnerException).Failure);
    }

    private static ClientOptions To(string host) => new() { Host = host, Port = 5000 };

    private ProxyServer Proxy(ProxyKind kind) => new(kind, "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

    private async Task<string> ExchangeAsync(ClientOptions options)
    {
        using Client client = await Client.ConnectAsync(options);
        await client.ExchangeAsync("hi"u8.ToArray(), _log);
        return _log.Received;
    }

    // Takes so many bytes and says that, step by step, then ends its side; all that it took.
    private async Task<byte[]> ProxyAsync(params (int Taken, string Said)[] steps)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using Socket socket = await _listener.AcceptSocketAsync(deadline.Token);
        using var stream = new NetworkStream(socket);
        var taken = new MemoryStream();
        foreach ((int count, string said) in steps)
        {
            byte[] bytes = new byte[count];
            await stream.ReadExactlyAsync(bytes, deadline.Token);
            taken.Write(bytes);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(said), deadline.Token);
        }

        socket.Shutdown(SocketShutdown.Send);
        await DrainAsync(stream, deadline.Token);
        return taken.ToArray();
    }

    // Until the client closes too: an earlier close could be a reset, and the client's may be one.
    private static async Task DrainAsync(NetworkStream stream, CancellationToken deadline)
    {
        try
        {
            while (await stream.ReadAsync(new byte[4096], deadline) > 0)
            {
            }
        }
        catch (IOException)
        {
            // It closed with something unread.
        }
    }
}
