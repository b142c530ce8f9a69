using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CsCheck;
using Trama.Framing;
using Trama.Peers.Sending;
using Trama.Peers.Tests.Serving;

namespace Trama.Peers.Tests.Sending;

public sealed class ExchangeAllTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly KeptLog _log = new();

    public ExchangeAllTests() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Every_message_of_a_stream_gets_its_reply_however_it_is_read()
    {
        await using var lines = new RunningServer(RunningServer.Echoing with { Framing = FramingRule.Lines });
        await using var lengths = new RunningServer(RunningServer.Echoing with { Framing = FramingRule.Length(LengthField.U16BE) });
        Gen<byte[][]> messages = Gen.Int[0, 3].Select(choice => new[] { "", "a", "bb", new string('c', 3000) }[choice])
            .Select(Encoding.UTF8.GetBytes).Array[0, 20];
        await Gen.Select(messages, Gen.Int[1, 5000].Array[1, 30], Gen.Bool).SampleAsync(async (all, reads, byLength) =>
        {
            RunningServer server = byLength ? lengths : lines;
            byte[][] marked = [.. all.Select(words => byLength ? [(byte)(words.Length >> 8), (byte)words.Length, .. words]
                : (byte[])[.. words, (byte)'\n'])];
            byte[] input = [.. marked.SelectMany(message => message)];
            var log = new KeptLog();
            using Client client = await ConnectAsync(server.Endpoint, byLength ? FramingRule.Length(LengthField.U16BE) : FramingRule.Lines);
            Assert.Equal(ReplyEnd.Complete, await client.ExchangeAllAsync(default, new PiecewiseStream(input, reads), log));
            byte[] expected = [.. marked.SelectMany(message => (byte[])[.. message, (byte)'|'])];
            Assert.True(log.ReceivedBytes.SequenceEqual(expected));
            Assert.Equal(log.Received, log.Sent);
            Assert.Equal((marked.Length, marked.Length), (client.Messages, client.Replies));
        }, iter: 100, threads: 1);
    }

    [Fact]
    public async Task A_last_message_without_its_mark_gets_it()
    {
        await using var server = new RunningServer(RunningServer.Echoing with { Framing = FramingRule.Lines });
        using Client client = await ConnectAsync(server.Endpoint, FramingRule.Lines);
        await client.ExchangeAllAsync("a\nb"u8.ToArray(), Stream.Null, _log);
        Assert.Equal("a\n|b\n|", _log.Received);
        Assert.Equal("a\n|b\n|", _log.Sent);
    }

    [Fact]
    public async Task Megabytes_go_both_ways_at_once()
    {
        await using var server = new RunningServer(RunningServer.Echoing with { Framing = FramingRule.Lines });
        byte[] input = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 300_000).Select(i => $"{i}\n")));
        using Client client = await ConnectAsync(server.Endpoint, FramingRule.Lines);
        await client.ExchangeAllAsync(default, new MemoryStream(input), _log);
        Assert.Equal(300_000, client.Replies);
        Assert.Equal(Encoding.UTF8.GetString(input).Replace("\n", "\n|", StringComparison.Ordinal), _log.Received);
    }

    [Fact]
    public async Task Messages_that_must_be_remembered_wait_until_some_were_answered()
    {
        const int Most = 65_536, More = 1000;
        const int Length = 6;
        byte[] input = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("PING\r\n", Most + More)));
        using Client client = await ConnectAsync((IPEndPoint)_listener.LocalEndpoint, FramingRule.Resp);
        Task<ReplyEnd> exchange = client.ExchangeAllAsync(default, new MemoryStream(input), _log);
        using Socket server = await AcceptAsync();
        await server.HearBytesAsync(Most * Length);
        await AnswerAsync(Most);
        await server.HearBytesAsync(More * Length);
        await AnswerAsync(More);
        Assert.Equal(ReplyEnd.Complete, await Soon(exchange));
        Assert.Equal(Most + More, client.Replies);

        Task AnswerAsync(int count) => server.SayAsync(string.Concat(Enumerable.Repeat("+PONG\r\n", count)));
    }

    [Theory]
    [InlineData("", ClientFailure.ClosedWithoutReply, 0)]
    [InlineData("1\n", ClientFailure.RepliesMissing, 1)]
    [InlineData("1\n2", ClientFailure.Cut, 1)]
    public async Task A_server_that_closes_too_early_is_told_with_what_it_answered(string replies, ClientFailure failure, int answered)
    {
        using Client client = await ConnectAsync((IPEndPoint)_listener.LocalEndpoint, FramingRule.Lines);
        Task<ReplyEnd> exchange = client.ExchangeAllAsync("a\nb\nc\n"u8.ToArray(), Stream.Null, _log);
        using Socket server = await AcceptAsync();
        await server.HearBytesAsync(6);
        await server.SayAsync(replies);
        server.Shutdown(SocketShutdown.Send);
        Assert.Equal(failure, (await Assert.ThrowsAsync<ClientException>(() => Soon(exchange))).Failure);
        Assert.Equal((3, answered), (client.Messages, client.Replies));
    }

    [Fact]
    public async Task What_is_sent_as_one_gets_as_many_replies_as_it_has_messages()
    {
        using Client client = await ConnectAsync((IPEndPoint)_listener.LocalEndpoint, FramingRule.Lines);
        Task<ReplyEnd> exchange = client.ExchangeAsync("a\nb\n"u8.ToArray(), _log);
        using Socket server = await AcceptAsync();
        await server.SayAsync("1\n2\n");
        Assert.Equal(ReplyEnd.Complete, await Soon(exchange));
        exchange = client.ExchangeAsync("c\nd\n"u8.ToArray(), _log);
        await server.HearBytesAsync(8);
        await server.SayAsync("3\n");
        server.Shutdown(SocketShutdown.Send);
        Assert.Equal(ClientFailure.RepliesMissing, (await Assert.ThrowsAsync<ClientException>(() => Soon(exchange))).Failure);
        Assert.Equal((4, 3), (client.Messages, client.Replies));
    }

    [Theory]
    [InlineData("*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nPI", ClientFailure.InputCut)]
    [InlineData("*1\r\n$4\r\nPING\r\n*x\r\n", ClientFailure.InputUnfit)]
    public async Task What_comes_before_a_wrong_message_is_answered(string input, ClientFailure failure)
    {
        using Client client = await ConnectAsync((IPEndPoint)_listener.LocalEndpoint, FramingRule.Resp);
        Task<ReplyEnd> exchange = client.ExchangeAllAsync(default, new MemoryStream(Encoding.UTF8.GetBytes(input)), _log);
        using Socket server = await AcceptAsync();
        await server.HearBytesAsync(14);
        await server.SayAsync("+PONG\r\n");
        Assert.Equal(failure, (await Assert.ThrowsAsync<ClientException>(() => Soon(exchange))).Failure);
        Assert.Equal("+PONG\r\n|", _log.Received);
    }

    [Fact]
    public async Task Empty_lines_after_the_last_command_are_no_message()
    {
        using Client client = await ConnectAsync((IPEndPoint)_listener.LocalEndpoint, FramingRule.Resp);
        Task<ReplyEnd> exchange = client.ExchangeAllAsync("PING\r\n\r\n\n"u8.ToArray(), Stream.Null, _log);
        using Socket server = await AcceptAsync();
        await server.SayAsync("+PONG\r\n");
        Assert.Equal(ReplyEnd.Complete, await Soon(exchange));
    }

    [Fact]
    public async Task A_reply_may_end_with_the_connection()
    {
        using Client client = await ConnectAsync((IPEndPoint)_listener.LocalEndpoint, FramingRule.Http1);
        Task<ReplyEnd> exchange = client.ExchangeAllAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), Stream.Null, _log);
        using Socket server = await AcceptAsync();
        await server.SayAsync("HTTP/1.0 200 OK\r\n\r\nbody");
        server.Shutdown(SocketShutdown.Send);
        Assert.Equal(ReplyEnd.Closed, await Soon(exchange));
        Assert.Equal(1, client.Replies);
    }

    [Fact]
    public async Task Whoever_writes_nothing_more_is_not_waited_for_once_the_server_has_closed()
    {
        await using var input = new AnonymousPipeServerStream(PipeDirection.In);
        foreach (FramingRule? framing in new[] { null, FramingRule.Lines })
        {
            using Client client = await ConnectAsync((IPEndPoint)_listener.LocalEndpoint, framing);
            Task<ReplyEnd> exchange = framing is null ? client.StreamAsync("a\n"u8.ToArray(), input, _log)
                : client.ExchangeAllAsync("a\n"u8.ToArray(), input, _log);
            using Socket server = await AcceptAsync();
            await server.HearBytesAsync(2);
            await server.SayAsync("b\n");
            server.Shutdown(SocketShutdown.Send);
            Assert.Equal(ReplyEnd.Closed, await Soon(exchange));
        }
    }

    [Fact]
    public async Task A_server_that_closes_before_it_has_taken_everything_is_told()
    {
        using Client client = await ConnectAsync((IPEndPoint)_listener.LocalEndpoint, framing: null);
        Task<ReplyEnd> exchange = client.StreamAsync(default, new MemoryStream(new byte[64 << 20]), _log);
        Socket server = await AcceptAsync();
        server.Shutdown(SocketShutdown.Send);
        // The client has read the end; now it must notice that nobody takes the rest.
        await server.HearBytesAsync(16 << 20);
        server.Close();
        ClientException error = await Assert.ThrowsAsync<ClientException>(() => Soon(exchange));
        Assert.Contains(error.Failure, new[] { ClientFailure.NotAllTaken, ClientFailure.Reset });
    }

    private static Task<Client> ConnectAsync(IPEndPoint endpoint, FramingRule? framing) =>
        Client.ConnectAsync(new ClientOptions { Host = endpoint.Address.ToString(), Port = endpoint.Port, Framing = framing });

    private static Task<ReplyEnd> Soon(Task<ReplyEnd> exchange) =>
        exchange.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    private async Task<Socket> AcceptAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _listener.AcceptSocketAsync(deadline.Token);
    }

    // Gives the bytes in pieces of these sizes, over and over.
    private sealed class PiecewiseStream(byte[] bytes, int[] sizes) : MemoryStream(bytes)
    {
        private int _reads;

        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, sizes[_reads++ % sizes.Length]));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, sizes[_reads++ % sizes.Length])], cancellationToken);
    }
}
