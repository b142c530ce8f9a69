using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trama.EndToEnd.Tests;

public class SendTargetTests
{
    [Theory]
    [InlineData("127.0.0.1:{0}", "hello")]
    [InlineData("tcp://127.0.0.1:{0}", "hello")]
    [InlineData("127.0.0.1 {0}", "hello")]
    public async Task A_port_in_the_target_leaves_the_next_word_for_the_message(string target, string message)
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--bind", "127.0.0.1", "--echo");
        string[] place = string.Format(System.Globalization.CultureInfo.InvariantCulture, target, await ServeTests.PortAsync(server))
            .Split(' ');
        Assert.Equal(new TramaProcess.Ended(0, "Server reply: hello\n", ""), await TramaProcess.RunAsync(["send", .. place, message]));
    }

    [Fact]
    public async Task Brackets_hold_an_address_of_IPv6()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "no IPv6");
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--bind", "::1", "--echo");
        Assert.Equal("Server reply: hi\n",
            (await TramaProcess.RunAsync(["send", $"[::1]:{await ServeTests.PortAsync(server)}", "hi"])).Output);
    }

    [Theory]
    [InlineData("/x?y=1", null, "GET /x?y=1 HTTP/1.1")]
    [InlineData("", null, "GET / HTTP/1.1")]
    [InlineData("/x", "DELETE", "DELETE /x HTTP/1.1")]
    [InlineData("", "POST /other", "POST /other HTTP/1.1")]
    public async Task A_URL_of_HTTP_is_asked_for(string path, string? message, string line)
    {
        Task<string> asked = AnswerOnceAsync(out int port, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        TramaProcess.Ended client = await TramaProcess.RunAsync(
            ["send", $"http://127.0.0.1:{port}{path}", .. message is null ? Array.Empty<string>() : [message], "--raw"]);
        // Line by line, as what is printed is read here.
        Assert.Equal(new TramaProcess.Ended(0, "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi\n", ""), client);
        Assert.StartsWith($"{line}\r\nHost: 127.0.0.1:{port}\r\n", await asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_and_a_target_are_enough_with_the_framing_of_HTTP()
    {
        Task<string> asked = AnswerOnceAsync(out int port, "HTTP/1.1 204 No Content\r\n\r\n");
        TramaProcess.Ended client = await TramaProcess.RunAsync(["send", "127.0.0.1", $"{port}", "GET /", "--framing", "http1"]);
        Assert.Equal((0, ""), (client.Code, client.Errors));
        Assert.StartsWith("GET / HTTP/1.1\r\n", await asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_URL_of_TLS_asks_for_TLS_and_takes_its_options()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--tls", "--echo");
        string made = await server.ErrorAsync(line => line.Contains("certificate made for this run", StringComparison.Ordinal));
        TramaProcess.Ended client = await TramaProcess.RunAsync(
            ["send", $"tls://localhost:{await ServeTests.PortAsync(server)}", "hi", "--fingerprint", made.Split(' ')[^1]]);
        Assert.Equal(new TramaProcess.Ended(0, "Server reply: hi\n", ""), client);
    }

    [Fact]
    public async Task What_is_piped_in_comes_out_as_it_is()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--echo", "--keep-open");
        string sent = "one\ntwo\n";
        Assert.Equal(new TramaProcess.Ended(0, sent, ""),
            await TramaProcess.RunAsync(["send", $"127.0.0.1:{await ServeTests.PortAsync(server)}"], sent));
    }

    [Theory]
    [InlineData("ftp://server:21")]
    [InlineData("server:0")]
    [InlineData("http://me@server/")]
    public async Task What_is_no_target_is_told(string target)
    {
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["send", target, "hi"]);
        Assert.Equal(2, ended.Code);
        Assert.Contains($"got '{target}'", ended.Errors, StringComparison.Ordinal);
    }

    // A server for one request, which it hands over.
    private static Task<string> AnswerOnceAsync(out int port, string reply)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        return AnswerAsync();

        async Task<string> AnswerAsync()
        {
            using (listener)
            {
                using Socket socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
                byte[] request = new byte[4096];
                int length = 0;
                while (!Encoding.ASCII.GetString(request, 0, length).Contains("\r\n\r\n", StringComparison.Ordinal))
                    length += await socket.ReceiveAsync(request.AsMemory(length), TestContext.Current.CancellationToken);
                await socket.SendAsync(Encoding.ASCII.GetBytes(reply), TestContext.Current.CancellationToken);
                return Encoding.ASCII.GetString(request, 0, length);
            }
        }
    }
}
