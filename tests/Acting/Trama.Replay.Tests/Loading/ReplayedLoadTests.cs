using System.Net;
using System.Net.Sockets;
using System.Text;
using Trama.Peers.Sending;
using Trama.Replay.Loading;
using Trama.Replay.Recording;
using Trama.Replay.Sending;
using Trama.Replay.Tests.Playing;

namespace Trama.Replay.Tests.Loading;

/// <summary>All recorded clients together, against the recorded server.</summary>
public class ReplayedLoadTests
{
    private static IReadOnlyList<RecordedConnection> Redis => Recordings.Of("redis-lab-tls13.pcapng", "redis-lab-tls13.keys").Connections;

    [Fact]
    public async Task Every_operation_is_told_beside_what_was_recorded()
    {
        IReadOnlyList<RecordedConnection> connections = Redis;
        await using var served = new ServedReplay(connections);
        ReplayTally tally = await RunAsync(Options(connections, served.Port) with { Rate = 20 });
        int recorded = connections.Sum(connection => connection.Exchanges.Count(exchange => exchange is { Request: not null, Reply: not null }));
        Assert.Equal((20L * connections.Count, 20L * recorded, 20L * recorded, 0L),
            (tally.Connections, tally.Requests, tally.Answered, tally.OtherOutcomes));
        Assert.Equal(tally.Connections, tally[PlayedEnd.Done]);
        Assert.All(tally.Operations, operation =>
        {
            Assert.Equal(20 * operation.RecordedCount, operation.Now.Count);
            Assert.NotNull(operation.Recorded(0.5));
        });
        Assert.Contains(tally.Operations, operation => Encoding.UTF8.GetString(operation.Name.Span).StartsWith("PING", StringComparison.Ordinal));
        Assert.True(tally.Late.Count >= tally.Connections + tally.Requests);
    }

    [Fact]
    public async Task Who_comes_while_enough_are_open_is_left_out_and_counted()
    {
        IReadOnlyList<RecordedConnection> connections = Redis;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        // Nobody answers: each waits for its first reply.
        ReplayTally tally = await RunAsync(Options(connections, ((IPEndPoint)listener.LocalEndpoint).Port) with { Rate = 10, Most = 2 });
        Assert.Equal((2L, 10L * connections.Count - 2, 2L), (tally.Connections, tally.LeftOut, tally.MostAtATime));
        Assert.Equal(2, tally[PlayedEnd.ReplyTimedOut]);
        Assert.Equal(0, tally.Answered);
        Assert.Equal(tally.Requests, tally.OtherOutcomes);
    }

    [Fact]
    public async Task Whoever_asks_for_the_end_does_not_wait_for_replies_or_connections()
    {
        IReadOnlyList<RecordedConnection> connections = Redis;
        // Its queue is full soon, and then nobody gets in; nobody answers either.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        ReplayLoadOptions options = Options(connections, ((IPEndPoint)listener.LocalEndPoint!).Port);
        var target = options.Client.Target with { ReplyTimeout = TimeSpan.FromHours(1), ConnectTimeout = TimeSpan.FromHours(1) };
        var load = new ReplayedLoad(options with { Rate = 1e6, Most = 50, Client = options.Client with { Target = target } });
        using var stop = new CancellationTokenSource();
        Task running = Task.Run(() => load.RunAsync(stop.Token), TestContext.Current.CancellationToken);
        while (load.Tally.LeftOut == 0 || load.Tally.Connections == 0) await Task.Delay(10, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.InRange(load.Tally.MostAtATime, 1, 50);
    }

    [Fact]
    public async Task Where_nobody_listens_every_connection_fails()
    {
        IReadOnlyList<RecordedConnection> connections = Redis;
        // Held, and not listened at: another test's server does not get it meanwhile.
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        ReplayTally tally = await RunAsync(Options(connections, ((IPEndPoint)held.LocalEndPoint!).Port) with { Rate = 3 });
        Assert.Equal(3 * connections.Count, tally[PlayedEnd.NotConnected]);
    }

    private static async Task<ReplayTally> RunAsync(ReplayLoadOptions options)
    {
        var load = new ReplayedLoad(options);
        await load.RunAsync(TestContext.Current.CancellationToken);
        return load.Tally;
    }

    private static ReplayLoadOptions Options(IReadOnlyList<RecordedConnection> connections, int port) => new()
    {
        Connections = [.. connections.Select(connection => connection with { LastNs = Math.Min(connection.LastNs, 20_000_000) })],
        Client = new ReplayClientOptions
        {
            Target = new ClientOptions { Host = "127.0.0.1", Port = port, ReplyTimeout = TimeSpan.FromSeconds(2) },
            Pace = Pace.Fast,
        },
    };
}
