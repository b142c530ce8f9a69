using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trama.EndToEnd.Tests;

/// <summary><c>trama send</c> on a terminal.</summary>
public class SendTerminalTests
{
    [Fact]
    public async Task Lines_are_edited_recalled_and_ended()
    {
        _ = TestData.Program("script");
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--keep-open", "--once", "--framing", "lines",
            "--reply", "heard");
        string command = $"{TramaProcess.Binary} send 127.0.0.1 {await ServeTests.PortAsync(server)}";
        await using TramaProcess terminal = TramaProcess.Start("script", ["-qefc", command, "/dev/null"]);
        await server.LineAsync(line => line.StartsWith("Connected by", StringComparison.Ordinal));
        await TypeAsync("lo\u001b[D\u001b[D\u0001el\u0001h\u0005 世界!\u007f\r", "hello 世界");
        await TypeAsync("other\r", "other");
        await TypeAsync("\u001b[A\u001b[A\u0017olá\u001b[H\u001b[3~j\r", "jello olá");
        await TypeAsync("forgotten\u0015kept lost\u001b[D\u001b[D\u001b[D\u001b[D\u000b\r", "kept ");
        await terminal.Input.WriteAsync(new byte[] { 4 }, TestContext.Current.CancellationToken);
        await terminal.Input.FlushAsync(TestContext.Current.CancellationToken);
        await terminal.LineAsync(line => line.Contains("heard", StringComparison.Ordinal));
        Assert.Equal(0, (await server.EndAsync()).Code);
        Assert.Equal(0, (await terminal.EndAsync()).Code);

        async Task TypeAsync(string keys, string expected)
        {
            await terminal.Input.WriteAsync(Encoding.UTF8.GetBytes(keys), TestContext.Current.CancellationToken);
            await terminal.Input.FlushAsync(TestContext.Current.CancellationToken);
            string line = await server.LineAsync(line => line.StartsWith("Message received: ", StringComparison.Ordinal));
            Assert.Equal($"Message received: {expected}\\n", line);
        }
    }

    [Fact]
    public async Task Says_that_the_server_closed()
    {
        _ = TestData.Program("script");
        using Socket listener = SendTests.Listen(backlog: 1);
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        await using TramaProcess terminal = TramaProcess.Start(
            "script", ["-qefc", $"{TramaProcess.Binary} send 127.0.0.1 {port}", "/dev/null"]);
        using (Socket server = await listener.AcceptAsync(TestContext.Current.CancellationToken))
            await server.SendAsync("goodbye\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await terminal.LineAsync(line => line.Contains("goodbye", StringComparison.Ordinal));
        await terminal.LineAsync(line => line.EndsWith($"trama: 127.0.0.1 port {port} (127.0.0.1): the server closed the connection",
            StringComparison.Ordinal));
        Assert.Equal(0, (await terminal.EndAsync()).Code);
    }

    [Fact]
    public async Task There_is_nothing_to_send_so_many_times()
    {
        _ = TestData.Program("script");
        await using TramaProcess terminal = TramaProcess.Start(
            "script", ["-qefc", $"{TramaProcess.Binary} send 127.0.0.1 9 --count 2", "/dev/null"]);
        await terminal.LineAsync(line => line.Contains("no message to send", StringComparison.Ordinal));
        Assert.Equal(2, (await terminal.EndAsync()).Code);
    }
}
