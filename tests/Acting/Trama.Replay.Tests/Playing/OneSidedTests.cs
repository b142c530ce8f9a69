using System.Net.Sockets;
using System.Text;
using Trama.Replay.Recording;
using Trama.Replay.Serving;
using Trama.Tracing;

namespace Trama.Replay.Tests.Playing;

/// <summary>A capture of one direction.</summary>
public sealed class OneSidedTests
{
    private const string Get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n", Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static readonly string[] Talk = [$">{Get}", $"<{Ok}", $">{Get}", $"<{Ok}"];

    [Fact]
    public async Task What_the_server_said_comes_unasked()
    {
        RecordedConnection recorded = Spoken.Seen(80, Side.Server, Talk);
        Assert.True(recorded.IsOneSided);
        Assert.All(recorded.Messages, message => Assert.Equal(Side.Server, message.From));
        Assert.Equal(0, recorded.MissingBytes);
        await using var served = new ServedReplay([recorded]);
        Assert.Equal(Ok + Ok, await SayAsync(served.Port, "", 2 * Ok.Length));
        Assert.Equal(Ok + Ok, await SayAsync(served.Port, Get, 2 * Ok.Length));
    }

    [Fact]
    public async Task Without_replies_whoever_asks_hears_nothing()
    {
        RecordedConnection recorded = Spoken.Seen(80, Side.Client, Talk);
        Assert.All(recorded.Messages, message => Assert.Equal(Side.Client, message.From));
        Assert.Equal(2, recorded.Messages.Count);
        await using var served = new ServedReplay([recorded]);
        Assert.Equal("", await SayAsync(served.Port, Get, null));
        Assert.Equal("", await SayAsync(served.Port, "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", null));
        Assert.Equal(UnknownAnswer.Nothing, Assert.Single(served.Unknown).Answer);
    }

    // So many bytes, or all up to the end.
    private static async Task<string> SayAsync(int port, string said, int? length)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, deadline.Token);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(said), deadline.Token);
        if (length is null) client.Client.Shutdown(SocketShutdown.Send);
        byte[] heard = new byte[length ?? 1];
        int count = await stream.ReadAtLeastAsync(heard, heard.Length, throwOnEndOfStream: false, deadline.Token);
        return Encoding.Latin1.GetString(heard.AsSpan(0, count));
    }
}
