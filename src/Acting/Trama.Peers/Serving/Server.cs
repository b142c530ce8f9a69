using System.Net;
using System.Net.Sockets;
using Trama.Peers.Misbehaving;
using Trama.Peers.Transports;

namespace Trama.Peers.Serving;

/// <summary>A TCP server: answers every client, many at once, until it is asked to stop.</summary>
public sealed class Server : IDisposable
{
    private readonly Socket _listener;
    private readonly TimeProvider _time;
    private readonly ProgressClock _clock;
    private readonly OpenConnections<ServerConnection> _connections;
    private readonly TimeSpan _acceptPause;

    private Server(ServerOptions options, IServerLog log, TimeProvider time, Socket listener)
    {
        Options = options;
        Log = log;
        _time = time;
        _listener = listener;
        _clock = new ProgressClock(options.IdleLimit);
        _connections = new OpenConnections<ServerConnection>(time);
        _acceptPause = AcceptPause(options);
    }

    /// <summary>The address and port, or the Unix socket, it listens at, until it is disposed of.</summary>
    public EndPoint Endpoint => _listener.LocalEndPoint!;

    internal ServerOptions Options { get; }

    internal IServerLog Log { get; }

    /// <summary>Now, on the clock by which connections note their progress.</summary>
    internal long Tick => _clock.Now;

    /// <summary>Starts to listen; clients may connect from now on, and are answered once <see cref="RunAsync"/> is called.</summary>
    /// <exception cref="ListenException">The system refused.</exception>
    public static Server Listen(ServerOptions options, IServerLog log, TimeProvider? time = null)
    {
        InlineCompletions.Enable();
        int backlog = AcceptPause(options) > TimeSpan.Zero ? 0 : Listener.LongestBacklog;
        Socket listener = options.UnixPath is { } path ? UnixListener.Open(path, backlog) : Listener.Open(options.Address, options.Port, backlog, options.Tuning);
        return new Server(options, log, time ?? TimeProvider.System, listener);
    }

    /// <summary>
    /// Serves until <paramref name="stop"/> is signalled, or until its one connection is over
    /// (<see cref="ServerOptions.Once"/>). Then it accepts no more, lets replies that have begun go out until
    /// <see cref="ServerOptions.StopDeadline"/>, and resets what is left. To be called once.
    /// </summary>
    /// <exception cref="SocketException">The listening socket is of no use any more; connections were finished first.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        Log.Listening(Endpoint);
        await using ITimer timer = _time.CreateTimer(_ => OnTick(), null, _clock.Length, _clock.Length);
        try
        {
            await AcceptAsync(stop);
        }
        finally
        {
            _listener.Dispose();
            await _connections.EndAsync(Options.Once, connection => connection.AskToStop(), connection => connection.Abort(), Options.StopDeadline, stop);
        }

        Log.Stopped();
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => _listener.Dispose();

    /// <summary>Has every client but <paramref name="speaker"/>'s hear this.</summary>
    /// <returns>How many will.</returns>
    internal int Broadcast(ServerConnection speaker, ReadOnlyMemory<byte> messages)
    {
        byte[]? kept = null;
        int clients = 0;
        foreach (ServerConnection connection in _connections.All)
            if (connection != speaker && connection.Hear(kept ??= messages.ToArray())) clients++;
        return clients;
    }

    /// <summary>Forgets a connection that is over.</summary>
    internal void Remove(ServerConnection connection) => _connections.Remove(connection);

    private async Task AcceptAsync(CancellationToken stop)
    {
        using var failures = new AcceptFailures(Log.AcceptFailed, _time);
        for (long id = 1; !stop.IsCancellationRequested && !(Options.Once && id > 1);)
        {
            try
            {
                if (Begin(await _listener.AcceptAsync(stop), id)) id++;
                if (_acceptPause > TimeSpan.Zero) await Task.Delay(_acceptPause, _time, stop);
            }
            catch (SocketException error) when (!AcceptFailures.IsFatal(error.SocketErrorCode))
            {
                await failures.BackOffAsync(error.SocketErrorCode, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // Whether the client may connect, and its connection has begun.
    private bool Begin(Socket socket, long id)
    {
        ServerConnection connection;
        try
        {
            if (Options.Access is { } access && socket.RemoteEndPoint!.Unmapped() is IPEndPoint client && !access.Admits(client.Address))
            {
                socket.Close(0);
                Log.Refused(client);
                return false;
            }

            if (socket.ProtocolType == ProtocolType.Tcp) socket.NoDelay = Options.Tuning.NoDelay;
            connection = new ServerConnection(this, FaultPlan.Apply(Options.Faults, Transport.Over(socket, Options.Tls), _time), id);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _connections.Add(connection);
        _ = connection.RunAsync();
        return true;
    }

    private void OnTick()
    {
        _clock.Advance();
        foreach (ServerConnection connection in _connections.All) connection.EndWhenOverdue(_clock);
    }

    private static TimeSpan AcceptPause(ServerOptions options) =>
        options.Faults.Select(plan => plan.BacklogOverflow).DefaultIfEmpty().Max();
}
