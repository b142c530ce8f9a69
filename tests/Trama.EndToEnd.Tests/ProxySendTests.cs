using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trama.EndToEnd.Tests;

public class ProxySendTests
{
    [Theory]
    [InlineData("socks5://127.0.0.1:{0}", "\x05\x00\x05\x05\x00\x01", "en",
        "the proxy 127.0.0.1 port {0} did not connect to server.example port 80: connection refused")]
    [InlineData("http://ana:x@127.0.0.1:{0}", "HTTP/1.1 407 Sign in\r\n\r\n", "pt",
        "o proxy 127.0.0.1 porta {0} não aceita o usuário e a senha")]
    public async Task What_the_proxy_says_is_one_line(string proxy, string answer, string language, string told)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Task<TramaProcess.Ended> sending = TramaProcess.RunAsync(
            ["send", "server.example", "80", "hi", "--proxy", In(proxy), "--lang", language]);
        using Socket client = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await client.SendAsync(Encoding.Latin1.GetBytes(answer), TestContext.Current.CancellationToken);
        Assert.Equal(new TramaProcess.Ended(1, "", $"trama: {In(told)}\n"), await sending);

        string In(string text) => text.Replace("{0}", $"{port}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:1080")]
    [InlineData("socks4://127.0.0.1:1080")]
    [InlineData("socks5://127.0.0.1")]
    [InlineData("http://127.0.0.1:3128/path")]
    public async Task What_is_no_proxy_is_refused(string proxy)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["send", "localhost", "80", "hi", "--proxy", proxy]);
        Assert.Equal(
            (2, $"trama: --proxy: expected socks5://[user:password@]host:port or http://[user:password@]host:port, got '{proxy}' "
                + "(trama send --help)\n"),
            (ended.Code, ended.Errors));
    }
}
