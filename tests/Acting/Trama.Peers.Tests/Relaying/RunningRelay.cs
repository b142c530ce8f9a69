using System.Net;
using System.Net.Sockets;
using Trama.Peers.Relaying;

namespace Trama.Peers.Tests.Relaying;

/// <summary>A relay on a free port of loopback, between clients and targets that the test plays; stopped at its end.</summary>
internal sealed class RunningRelay : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket[] _targets;
    private readonly Relay _relay;
    private readonly Task _running;

    public RunningRelay(int targets = 1, TimeProvider? time = null, Func<RelayOptions, RelayOptions>? with = null)
    {
        _targets = [.. Enumerable.Range(0, targets).Select(_ => Listen())];
        var options = new RelayOptions { Address = IPAddress.Loopback, Port = 0, Targets = [.. _targets.Select(TargetOf)] };
        _relay = Relay.Listen(with?.Invoke(options) ?? options, Log, time);
        Endpoint = _relay.Endpoint;
        _running = _relay.RunAsync(_stop.Token);
    }

    public RelayRecordingLog Log { get; } = new();

    public IPEndPoint Endpoint { get; }

    public static RelayTarget TargetOf(Socket listener) => new("127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port);

    /// <summary>A port at which nothing listens, for as long as the socket is open.</summary>
    public static Socket ClosedPort()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    // Not asynchronously: that looks for errors some time after the connection was made, when the relay may have reset it already.
    public Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(Endpoint);
        return Task.FromResult(socket);
    }

    /// <summary>The connection that the relay makes to a target.</summary>
    public async Task<Socket> AcceptAsync(int target = 0)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _targets[target].AcceptAsync(deadline.Token);
    }

    /// <summary>A client, and the target that it was joined with.</summary>
    public async Task<(Socket Client, Socket Target)> JoinAsync() => (await ConnectAsync(), await AcceptAsync());

    /// <summary>Whether the log knows, before the deadline, all that was sent before.</summary>
    public Task<bool> CatchUpAsync(TimeSpan? deadline = null) => _relay.CatchUpAsync(deadline ?? TimeSpan.FromSeconds(20));

    public Task StopAsync()
    {
        _stop.Cancel();
        return _running.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _relay.Dispose();
        _stop.Dispose();
        foreach (Socket target in _targets) target.Dispose();
    }

    private static Socket Listen()
    {
        Socket socket = ClosedPort();
        socket.Listen();
        return socket;
    }
}
