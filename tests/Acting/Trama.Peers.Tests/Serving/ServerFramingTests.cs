using System.Net.Sockets;
using System.Text;
using Trama.Framing;
using Trama.Peers.Replies;
using Trama.Peers.Serving;
using Trama.Peers.Serving.Conducts;

namespace Trama.Peers.Tests.Serving;

public class ServerFramingTests
{
    private static readonly FramingRule U32 = FramingRule.Length(LengthField.U32BE);

    [Fact]
    public async Task A_message_arrives_whole_however_it_is_cut()
    {
        await using var server = new RunningServer(Framed(FramingRule.Lines, "ok"));
        using Socket client = await server.ConnectAsync();
        client.NoDelay = true;
        foreach (string piece in new[] { "o", "ne\n", "two\nthr", "ee\n" }) await client.SayAsync(piece);
        Assert.Equal("ok\nok\nok\n", await client.HearAsync(9));
        await server.Log.UntilAsync("message one\n");
        Assert.Equal("message two\n", await server.Log.NextMessageAsync());
        Assert.Equal("message three\n", await server.Log.NextMessageAsync());
    }

    [Fact]
    public async Task A_message_of_many_megabytes_comes_back_whole()
    {
        await using var server = new RunningServer(RunningServer.Echoing with { Framing = U32 });
        using Socket client = await server.ConnectAsync();
        byte[] message = new byte[10 << 20];
        new Random(5).NextBytes(message);
        BitConverter.TryWriteBytes(message, System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(message.Length - 4));
        Task sending = Task.Run(() => client.SendAsync(message), TestContext.Current.CancellationToken);
        Assert.True((await client.HearBytesAsync(message.Length)).AsSpan().SequenceEqual(message));
        await sending;
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_one_piece()
    {
        await using var server = new RunningServer(Framed(FramingRule.Lines, "+PONG\r\n"));
        using Socket client = await server.ConnectAsync();
        await client.SayAsync(string.Concat(Enumerable.Repeat("PING\r\n", 16)));
        byte[] replies = new byte[1000];
        Assert.Equal(16 * 7, await client.ReceiveAsync(replies));
    }

    [Fact]
    public async Task An_oversized_message_ends_its_connection_and_no_other()
    {
        await using var server = new RunningServer(Framed(U32, "ok") with { MessageLimit = 1000 });
        using Socket other = await server.ConnectAsync();
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("\0\0\x7f\x7f" + new string('x', 2000));
        await server.Log.UntilAsync("closed TooLarge");
        await other.SayAsync("\0\0\0\x1?");
        Assert.Equal("\0\0\0\x2ok", await other.HearAsync(6));
    }

    [Fact]
    public async Task What_does_not_fit_the_framing_ends_the_connection()
    {
        await using var server = new RunningServer(Framed(FramingRule.Http1, "ok"));
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("GET / HTTP/1.1\r\n\r\nnonsense at all\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await client.HearAllAsync(), StringComparison.Ordinal);
        await server.Log.UntilAsync("closed Unfit");
    }

    [Fact]
    public async Task Requests_are_forgotten_once_they_are_answered()
    {
        const int Requests = 70_000;
        await using var server = new RunningServer(Framed(FramingRule.Resp, "+PONG\r\n"));
        using Socket client = await server.ConnectAsync();
        byte[] requests = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("PING\r\n", Requests)));
        Task sending = Task.Run(() => client.SendAsync(requests), TestContext.Current.CancellationToken);
        Assert.Equal(7 * Requests, (await client.HearBytesAsync(7 * Requests)).Length);
        await sending;
    }

    [Fact]
    public async Task A_message_that_is_cut_by_the_close_is_told()
    {
        await using var server = new RunningServer(Framed(FramingRule.Lines, "ok"));
        using Socket client = await server.ConnectAsync();
        await client.SayAsync("no end");
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await client.HearAllAsync());
        await server.Log.UntilAsync("closed Cut");
    }

    private static ServerOptions Framed(FramingRule framing, string reply) => new()
    {
        Framing = framing,
        Conduct = new Answering(new FixedResponder(Encoding.UTF8.GetBytes(reply), framing)),
        KeepOpen = true,
    };
}
