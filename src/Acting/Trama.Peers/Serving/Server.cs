using System.Net;
using System.Net.Sockets;
using Trama.Peers.Listening;
using Trama.Peers.Misbehaving;
using Trama.Peers.Transports;

namespace Trama.Peers.Serving;

/// <summary>A TCP server: answers every client, many at once, until it is asked to stop.</summary>
public sealed class Server : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Reception<ServerConnection> _reception;

    private Server(ServerOptions options, IServerLog log, TimeProvider time, Socket listener)
    {
        Options = options;
        Log = log;
        _time = time;
        var accepting = new ReceptionOptions
        {
            IdleLimit = options.IdleLimit,
            StopDeadline = options.StopDeadline,
            MemoryLimit = options.MemoryLimit,
            Once = options.Once,
            Pause = AcceptPause(options),
        };
        _reception = new Reception<ServerConnection>(listener, accepting, time);
    }

    /// <summary>The address and port, or the Unix socket, it listens at, until it is disposed of.</summary>
    public EndPoint Endpoint => _reception.Endpoint;

    internal ServerOptions Options { get; }

    internal IServerLog Log { get; }

    /// <summary>The clock by which connections note their progress.</summary>
    internal ProgressClock Clock => _reception.Clock;

    internal MemoryShare Share() => _reception.Share();

    /// <summary>Starts to listen; clients may connect from now on, and are answered once <see cref="RunAsync"/> is called.</summary>
    /// <exception cref="ListenException">The system refused.</exception>
    public static Server Listen(ServerOptions options, IServerLog log, TimeProvider? time = null)
    {
        int backlog = AcceptPause(options) > TimeSpan.Zero ? 0 : Listener.LongestBacklog;
        Socket listener = options.UnixPath is { } path ? UnixListener.Open(path, backlog)
            : Listener.Open(options.Address, options.Port, backlog, options.Tuning);
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
        await _reception.RunAsync(Welcome, Log.AcceptFailed, stop);
        Log.Stopped();
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => _reception.Dispose();

    // The connection, unless the client may not connect.
    private ServerConnection? Welcome(Socket socket, long id)
    {
        if (Options.Access is { } access && socket.RemoteEndPoint!.Unmapped() is IPEndPoint client && !access.Admits(client.Address))
        {
            socket.Close(0);
            Log.Refused(client);
            return null;
        }

        if (socket.ProtocolType == ProtocolType.Tcp) socket.NoDelay = Options.Tuning.NoDelay;
        return new ServerConnection(this, FaultPlan.Apply(Options.Faults, Transport.Over(socket, Options.Tls), _time), id);
    }

    private static TimeSpan AcceptPause(ServerOptions options) =>
        options.Faults.Select(plan => plan.BacklogOverflow).DefaultIfEmpty().Max();
}
