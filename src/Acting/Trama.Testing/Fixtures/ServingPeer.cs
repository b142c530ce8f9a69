using System.Net;
using Trama.Peers.Serving;

namespace Trama.Testing.Fixtures;

/// <summary>A server of a test, on a port of its own, until it is disposed of.</summary>
internal sealed class ServingPeer : IAsyncDisposable
{
    private readonly Server _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public ServingPeer(ServerOptions options)
    {
        _server = Server.Listen(options with { Port = 0, StopDeadline = TimeSpan.Zero }, new SilentLog());
        Address = (IPEndPoint)_server.Endpoint;
        // Without the test's context, which may wait for it.
        _running = Task.Run(() => _server.RunAsync(_stop.Token));
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _server.Dispose();
        _stop.Dispose();
    }
}
