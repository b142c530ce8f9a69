using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Trama.Framing;
using Trama.Peers.Loading;

namespace Trama.Peers.Tests.Loading;

public class LoadTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    // For what comes at once, however busy the machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public LoadTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "load needs Linux");

    [Fact]
    public async Task Without_a_rate_each_connection_asks_again_once_answered()
    {
        await using ScriptedServer server = ScriptedServer.AnsweringLines();
        LoadTally tally = await RunAsync(Lines(server) with { Connections = 5, Threads = 2 });
        Assert.InRange(tally.Answered, 6, long.MaxValue);
        Assert.Equal(tally.Due, tally.Answered);
        Assert.Equal(0, tally.Failed);
        Assert.Equal(5, tally.Connecting.Count);
        Assert.Equal(tally.SentBytes, tally.ReceivedBytes);
    }

    [Fact]
    public async Task With_a_rate_exactly_so_many_requests_are_due()
    {
        await using ScriptedServer server = ScriptedServer.AnsweringLines();
        LoadTally tally = await RunAsync(Lines(server) with { Rate = 1000, Threads = 2, Warmup = Short });
        Assert.InRange(tally.Due, 298, 302);
        Assert.Equal(tally.Due, tally.Answered);
        Assert.Equal(tally.Due, tally.Lag.Count);
        Assert.InRange(tally.ReceivedBytes, 3 * 598, 3 * 602);
    }

    [Fact]
    public async Task A_server_that_stalls_cannot_hide_the_requests_that_were_due_meanwhile()
    {
        TimeSpan stalled = TimeSpan.Zero;
        await using ScriptedServer server = ScriptedServer.AnsweringLines(async () =>
        {
            if (stalled > TimeSpan.Zero) return;
            long start = Stopwatch.GetTimestamp();
            await Task.Delay(Short);
            stalled = Stopwatch.GetElapsedTime(start);
        });
        LoadTally tally = await RunAsync(Lines(server) with { Connections = 1, Rate = 1000, Duration = 3 * Short });
        Assert.Equal(tally.Due, tally.Answered);
        // Only one request met the stall itself; a third of all were due during it.
        Assert.InRange(tally.Latency.Max, stalled.TotalNanoseconds * 0.99, double.MaxValue);
        Assert.InRange(tally.Latency.Percentile(0.9)!.Value, stalled.TotalNanoseconds / 2, double.MaxValue);
    }

    [Fact]
    public async Task Requests_in_a_pipeline_go_out_before_the_first_is_answered()
    {
        await using var server = new ScriptedServer(async (socket, stop) =>
        {
            for (int waiting = 0; await ScriptedServer.LinesAsync(socket, stop) is > 0 and int lines;)
            {
                waiting += lines;
                if (waiting < 8) continue;
                await socket.SendAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("ok\n", waiting))), stop);
                waiting = 0;
            }
        });
        LoadTally tally = await RunAsync(Lines(server) with { Connections = 1, Pipeline = 8, Timeout = Short });
        // Nothing is answered before eight have come; a busy machine may have time for no more.
        Assert.InRange(tally.Answered, 8, long.MaxValue);
    }

    [Fact]
    public async Task A_connection_carries_as_many_requests_as_it_may()
    {
        await using ScriptedServer server = ScriptedServer.AnsweringLines();
        LoadTally tally = await RunAsync(Lines(server) with { Connections = 2, RequestsPerConnection = 3 });
        Assert.Equal(0, tally.Failed);
        Assert.InRange(server.Accepted, (int)(tally.Answered / 3), int.MaxValue);
    }

    [Fact]
    public async Task Connections_are_replaced_at_their_rate_and_lose_no_request()
    {
        await using ScriptedServer server = ScriptedServer.AnsweringLines();
        LoadTally tally = await RunAsync(Lines(server)
            with
        { Connections = 4, NewConnections = 100, Rate = 500, Duration = TimeSpan.FromSeconds(0.5) });
        Assert.Equal(tally.Due, tally.Answered);
        Assert.Equal(0, tally.Failed);
        // A new one for each hundredth of a second, but where one was still being made, as on a busy machine many are.
        Assert.InRange(server.Accepted, 5, 54);
    }

    [Theory]
    [InlineData("close", LoadFailure.Closed)]
    [InlineData("reset", LoadFailure.Reset)]
    [InlineData("silence", LoadFailure.ReplyTimedOut)]
    [InlineData("half", LoadFailure.Closed)]
    public async Task Each_failure_is_counted_by_its_kind(string behaviour, LoadFailure expected)
    {
        await using var server = new ScriptedServer(async (socket, stop) =>
        {
            await ScriptedServer.LinesAsync(socket, stop);
            if (behaviour == "reset") socket.Close(0);
            else if (behaviour == "half") await socket.SendAsync("half a li"u8.ToArray(), stop);
            else if (behaviour == "silence") await Task.Delay(Timeout.Infinite, stop);
        });
        LoadTally tally = await RunAsync(Lines(server) with { Connections = 3, Timeout = behaviour == "silence" ? Short : Patience });
        Assert.InRange(tally[expected], 3, long.MaxValue);
        Assert.Equal(tally.Failed, tally[expected]);
        Assert.Equal(tally.Due, tally.Failed);
        Assert.Equal(0, tally.Answered);
    }

    [Fact]
    public async Task Requests_that_found_no_free_connection_are_counted_as_not_sent()
    {
        await using var server = new ScriptedServer(static (_, stop) => Task.Delay(Timeout.Infinite, stop));
        LoadTally tally = await RunAsync(Lines(server) with { Connections = 2, Rate = 100, Timeout = Short });
        Assert.InRange(tally[LoadFailure.ReplyTimedOut], 2, 10);
        Assert.InRange(tally[LoadFailure.NotSent], 10, long.MaxValue);
        Assert.Equal(tally.Due, tally.Failed);
    }

    [Fact]
    public void Nobody_listening_is_told()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var load = new Load(new LoadOptions { Server = (IPEndPoint)closed.LocalEndPoint!, Request = "x"u8.ToArray() });
        Assert.Equal(0, load.Connect(CancellationToken.None));
        Assert.Equal(LoadFailure.Refused, load.LastFailure);
    }

    [Theory]
    [InlineData("GET", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", false)]
    [InlineData("GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", false)]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", false)]
    [InlineData("GET", "HTTP/1.0 200 OK\r\n\r\nuntil the end", true)]
    [InlineData("GET", "SMTP 200 OK\r\n\r\n", false, LoadFailure.Unfit)]
    public async Task Replies_of_HTTP_end_where_they_say(string method, string reply, bool closes, LoadFailure? expected = null)
    {
        await using var server = new ScriptedServer(async (socket, stop) =>
        {
            byte[] buffer = new byte[1000];
            while (await socket.ReceiveAsync(buffer, stop) > 0)
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(reply), stop);
                if (closes) return;
            }
        });
        LoadOptions options = Lines(server) with
        {
            Connections = 1,
            Framing = FramingRule.Http1,
            Request = Encoding.UTF8.GetBytes($"{method} / HTTP/1.1\r\n\r\n")
        };
        LoadTally tally = await RunAsync(options with { Timeout = Patience, RequestsPerConnection = closes ? 1 : long.MaxValue });
        Assert.Equal(tally.Due, expected is { } failure ? tally[failure] : tally.Answered);
        Assert.InRange(tally.Due, 1, long.MaxValue);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData(500.0, false)]
    public async Task A_server_that_closes_after_each_reply_gets_a_connection_for_each_request(double? rate, bool resets)
    {
        await using var server = new ScriptedServer(async (socket, stop) =>
        {
            // One request alone is read: where a second one came with it, the close is a reset.
            if (resets) await socket.ReceiveAsync(new byte["hi\n".Length], stop);
            else await ScriptedServer.LinesAsync(socket, stop);
            await socket.SendAsync("ok\n"u8.ToArray(), stop);
        });
        LoadTally tally = await RunAsync(Lines(server) with { Connections = 4, Rate = rate, Pipeline = 2, Timeout = Patience });
        Assert.Equal(0, tally.Failed);
        Assert.Equal(tally.Due, tally.Answered);
        Assert.InRange(tally.Answered, 1, long.MaxValue);
        Assert.InRange(tally.Connections, tally.Answered, long.MaxValue);
        Assert.InRange(tally.ClosedByServer, 1, tally.Connections);
        Assert.Equal(0, tally.Broken);
    }

    [Fact]
    public async Task A_server_that_closes_now_and_then_loses_no_request_and_keeps_its_connections()
    {
        await using var server = new ScriptedServer(async (socket, stop) =>
        {
            for (int answered = 0; answered < 10; answered++)
            {
                await ScriptedServer.LinesAsync(socket, stop);
                await socket.SendAsync("ok\n"u8.ToArray(), stop);
            }
        });
        LoadTally tally = await RunAsync(Lines(server) with { Connections = 4, Timeout = Patience });
        Assert.Equal((0, tally.Due), (tally.Failed, tally.Answered));
        Assert.InRange(server.Accepted, tally.Answered / 10, tally.Answered / 10 + 8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task An_endless_reply_ends_with_the_load(int connections)
    {
        byte[] endless = new byte[1 << 20];
        await using var server = new ScriptedServer(async (socket, stop) =>
        {
            await ScriptedServer.LinesAsync(socket, stop);
            while (true) await socket.SendAsync(endless, stop);
        });
        LoadTally tally = await RunAsync(Lines(server) with { Connections = connections, Timeout = Short });
        Assert.Equal((0, tally.Due), (tally.Answered, tally.Failed));
        Assert.Equal(tally.Due, tally[LoadFailure.ReplyTimedOut]);
    }

    [Fact]
    public async Task A_server_that_takes_without_end_does_not_hold_up_the_end()
    {
        await using var server = new ScriptedServer(async (socket, stop) =>
        {
            byte[] sink = new byte[1 << 20];
            while (await socket.ReceiveAsync(sink, stop) > 0)
            {
            }
        });
        byte[] request = new byte[16 << 20];
        request[^1] = (byte)'\n';
        LoadTally tally = await RunAsync(Lines(server) with { Request = request, Connections = 1, Pipeline = 60_000, Timeout = Short });
        Assert.Equal(0, tally.Answered);
    }

    [Fact]
    public async Task A_stop_ends_it_before_its_time()
    {
        await using ScriptedServer server = ScriptedServer.AnsweringLines();
        using var stop = new CancellationTokenSource();
        using var load = new Load(Lines(server) with { Duration = TimeSpan.FromDays(1), Rate = 1000 });
        Assert.Equal(50, load.Connect(stop.Token));
        Task running = Task.Run(() => load.Run(stop.Token), TestContext.Current.CancellationToken);
        while (load.Tally().Answered == 0) await Task.Yield();
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(load.Tally().Due, load.Tally().Answered);
    }

    private static LoadOptions Lines(ScriptedServer server) =>
        new() { Server = server.Endpoint, Request = "hi\n"u8.ToArray(), Framing = FramingRule.Lines, Duration = Short };

    private static async Task<LoadTally> RunAsync(LoadOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var load = new Load(options);
        Assert.Equal(options.Connections, load.Connect(stop.Token));
        await Task.Run(() => load.Run(stop.Token)).WaitAsync(TimeSpan.FromSeconds(30));
        return load.Tally();
    }
}
