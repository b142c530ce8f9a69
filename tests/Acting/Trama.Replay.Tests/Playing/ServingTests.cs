using System.Net;
using System.Net.Sockets;
using System.Text;
using Trama.Replay.Recording;
using Trama.Replay.Serving;

namespace Trama.Replay.Tests.Playing;

/// <summary>What clients hear that do not say just what was recorded.</summary>
public sealed class ServingTests
{
    private static readonly byte[] Ping = "*1\r\n$4\r\nPING\r\n"u8.ToArray();
    private static readonly byte[] Increment = "*2\r\n$4\r\nINCR\r\n$1\r\na\r\n"u8.ToArray();
    private static readonly byte[] Strange = "*2\r\n$3\r\nGET\r\n$4\r\nnope\r\n"u8.ToArray();

    private static IReadOnlyList<RecordedConnection> Redis => Recordings.Of("redis-lab-tls13.pcapng", "redis-lab-tls13.keys").Connections;

    [Fact]
    public async Task Requests_may_come_in_another_order_and_on_more_connections()
    {
        await using var served = new ServedReplay(Redis);
        Assert.Equal("+PONG\r\n:2\r\n", await SayAsync(served.Port, [.. Ping, .. Increment], "+PONG\r\n:2\r\n".Length));
        Assert.Equal("+PONG\r\n", await SayAsync(served.Port, Ping, "+PONG\r\n".Length));
        Assert.Equal(":2\r\n", await SayAsync(served.Port, Increment, ":2\r\n".Length));
        Assert.Empty(served.Unknown);
    }

    [Fact]
    public async Task The_nearest_request_answers_an_unknown_one_and_that_is_told()
    {
        await using var served = new ServedReplay(Redis);
        Assert.StartsWith("$", await SayAsync(served.Port, Strange, 4), StringComparison.Ordinal);
        UnknownRequest told = Assert.Single(served.Unknown);
        Assert.Equal("GET nope", Encoding.UTF8.GetString(told.Operation.Span));
        Assert.Equal("GET a", Encoding.UTF8.GetString(told.Nearest!.Value.Span));
    }

    [Fact]
    public async Task An_unknown_request_may_end_the_connection()
    {
        await using var served = new ServedReplay(Redis, unknown: new UnknownPolicy.Close());
        Assert.Equal("", await SayAsync(served.Port, Strange, 1));
        Assert.Null(Assert.Single(served.Unknown).Nearest);
    }

    [Fact]
    public async Task An_unknown_request_may_have_a_reply_of_its_own()
    {
        await using var served = new ServedReplay(Redis, unknown: new UnknownPolicy.Reply("-ERR not recorded\r\n"u8.ToArray()));
        const string both = "-ERR not recorded\r\n+PONG\r\n";
        Assert.Equal(both, await SayAsync(served.Port, [.. Strange, .. Ping], both.Length));
    }

    [Fact]
    public async Task Another_server_may_be_asked_what_is_unknown()
    {
        IReadOnlyList<RecordedConnection> all = Redis;
        RecordedConnection[] part = [all[0] with { Exchanges = [.. all[0].Exchanges.Where(exchange => !Asks(exchange, "INCR a"))] }];
        await using var other = new ServedReplay(all);
        await using var served = new ServedReplay(part, unknown: new UnknownPolicy.Relay("127.0.0.1", other.Port));
        Assert.Equal("+PONG\r\n:2\r\n", await SayAsync(served.Port, [.. Ping, .. Increment], "+PONG\r\n:2\r\n".Length));
    }

    [Fact]
    public async Task A_server_that_is_told_to_ask_itself_refuses()
    {
        using var between = new TcpListener(IPAddress.Loopback, 0);
        between.Start();
        int port = ((IPEndPoint)between.LocalEndpoint).Port;
        between.Stop();
        await using var served = new ServedReplay(Redis, unknown: new UnknownPolicy.Relay("127.0.0.1", port), port: port);
        const string refusal = "-ERR not recorded\r\n";
        Assert.Equal(refusal, await SayAsync(port, "*1\r\n$4\r\nZZZZ\r\n"u8.ToArray(), refusal.Length));
        Assert.Equal([UnknownAnswer.Relay, UnknownAnswer.Loop], served.Unknown.Select(unknown => unknown.Answer));
    }

    [Fact]
    public async Task By_order_it_does_not_matter_what_is_asked()
    {
        IReadOnlyList<RecordedConnection> all = Redis;
        RecordedConnection last = all[0] with { Exchanges = [all[0].Exchanges[^1]] };
        await using var served = new ServedReplay([last], MatchRule.Order);
        Assert.Equal("+PONG\r\n", await SayAsync(served.Port, Strange, "+PONG\r\n".Length));
    }

    [Fact]
    public async Task Where_no_reply_was_recorded_there_is_silence_until_the_client_ends()
    {
        RecordedConnection recorded = Redis[0];
        RecordedConnection mute = recorded with { Exchanges = [.. recorded.Exchanges.Select(exchange => exchange with { Reply = null })] };
        await using var served = new ServedReplay([mute]);
        Assert.Equal("", await SayAsync(served.Port, Ping, 1, ends: true));
    }

    [Fact]
    public async Task What_is_encrypted_is_served_as_it_was_seen_with_filler()
    {
        RecordedConnection recorded = Assert.Single(Recordings.Of("redis-lab-tls13.pcapng").Connections);
        Assert.True(recorded.IsSealed);
        RecordedExchange first = recorded.Exchanges[0];
        await using var served = new ServedReplay([recorded]);
        string heard = await SayAsync(served.Port, new byte[first.Request!.Length], (int)first.Reply!.Length);
        Assert.Equal(first.Reply.Length, heard.Length);
    }

    [Fact]
    public async Task A_capture_cut_anywhere_is_served_as_far_as_it_goes()
    {
        string path = TestData.Shared("protocols/mysql-lab-prepared.pcapng");
        for (int packets = 4; packets < 60; packets += 7)
        {
            RecordedConnection[] connections =
                [.. Recordings.Read(path, packets: packets).Connections.Where(connection => connection.Exchanges.Count > 0)];
            if (connections.Length == 0) continue;
            await using var served = new ServedReplay(connections);
            Assert.Equal("d", await SayAsync(served.Port, [], 1));
        }
    }

    private static bool Asks(RecordedExchange exchange, string operation) =>
        Encoding.UTF8.GetString(exchange.Request!.Operation.Span) == operation;

    // What comes back, as far as it was waited for, or until the server closes.
    private static async Task<string> SayAsync(int port, byte[] said, int length, bool ends = false)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, deadline.Token);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(said, deadline.Token);
        if (ends) client.Client.Shutdown(SocketShutdown.Send);
        byte[] heard = new byte[length];
        int count = await stream.ReadAtLeastAsync(heard, length, throwOnEndOfStream: false, deadline.Token);
        return Encoding.Latin1.GetString(heard.AsSpan(0, count));
    }
}
