using System.Net;
using System.Net.Sockets;

namespace Trama.EndToEnd.Tests;

/// <summary>
/// <c>send --ladder</c> and <c>--diagnose</c>: what the client met, drawn and judged, with the right to capture and without.
/// </summary>
public class SendReportTests
{
    [Fact]
    public async Task The_packets_of_the_connection_are_drawn_below_the_reply()
    {
        await Captures.RequireLiveAsync();
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--quiet");
        TramaProcess.Ended client = await TramaProcess.RunAsync(
            ["send", "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "hello", "--ladder", "--diagnose"]);
        Assert.Equal((0, ""), (client.Code, client.Errors));
        Assert.StartsWith("Server reply: Message received successfully!\nconnection 1\n", client.Output, StringComparison.Ordinal);
        Assert.Contains("request 1 · 5 B · “hello”", client.Output, StringComparison.Ordinal);
        Assert.Contains("FIN ACK", client.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing went wrong here: 1 connection", client.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_right_to_capture_the_sockets_tell()
    {
        await using TramaProcess server = TramaProcess.Start("serve", "--port", "0", "--quiet");
        TramaProcess.Ended client = await AsNobodyAsync(
            "127.0.0.1", $"{await ServeTests.PortAsync(server)}", "hello", "--ladder", "--diagnose");
        Assert.Equal(0, client.Code);
        Assert.StartsWith("trama: no packets are captured (", client.Errors, StringComparison.Ordinal);
        Assert.Contains("request 1 · 5 B · “hello”", client.Output, StringComparison.Ordinal);
        Assert.Contains("closed: the server closed first", client.Output, StringComparison.Ordinal);
        Assert.Contains("Seen from the middle, message by message", client.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_failed_is_judged_before_it_is_told()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        TramaProcess.Ended client = await AsNobodyAsync(
            "127.0.0.1", $"{((IPEndPoint)listener.LocalEndPoint!).Port}", "hello", "--diagnose");
        Assert.Equal(1, client.Code);
        Assert.Contains("connection-refused", client.Output, StringComparison.Ordinal);
        Assert.Contains("refused", client.Errors.Split('\n')[^2], StringComparison.Ordinal);
    }

    private static Task<TramaProcess.Ended> AsNobodyAsync(params string[] args)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give up the right to capture");
        return TramaProcess.RunAsync(TestData.Program("setpriv"),
            ["--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", TramaProcess.Binary, "send", .. args]);
    }
}
