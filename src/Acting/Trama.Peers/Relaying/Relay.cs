using System.Net;
using System.Net.Sockets;
using Trama.Peers.Serving;
using Trama.Peers.Transports;

namespace Trama.Peers.Relaying;

/// <summary>Stands between clients and targets: joins each client that connects with a target, and passes on what both say.</summary>
public sealed class Relay : IDisposable
{
    private readonly Socket _listener;
    private readonly ProgressClock _clock;
    private readonly OpenConnections<RelayConnection> _connections;
    private readonly SemaphoreSlim _room;
    private uint _turn;

    private Relay(RelayOptions options, IRelayLog log, TimeProvider time, Socket listener)
    {
        Options = options;
        Log = log;
        Time = time;
        _listener = listener;
        _clock = new ProgressClock(options.IdleLimit);
        _connections = new OpenConnections<RelayConnection>(time);
        _room = new SemaphoreSlim(options.MaxConnections);
    }

    /// <summary>The address and port it listens at, until it is disposed of.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndPoint!;

    internal RelayOptions Options { get; }

    internal IRelayLog Log { get; }

    internal TimeProvider Time { get; }

    /// <summary>Now, on the clock by which connections note their progress.</summary>
    internal long Tick => _clock.Now;

    /// <summary>Starts to listen; clients may connect from now on, and are relayed once <see cref="RunAsync"/> is called.</summary>
    /// <exception cref="ListenException">The system refused.</exception>
    public static Relay Listen(RelayOptions options, IRelayLog log, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(options.Targets.Count);
        InlineCompletions.Enable();
        // Each message waits for two processes to wake; that of the relay can be spared.
        Transport.LookAhead();
        return new Relay(options, log, time ?? TimeProvider.System, Listener.Open(options.Address, options.Port));
    }

    /// <summary>
    /// Relays until <paramref name="stop"/> is signalled, or until its one connection is over
    /// (<see cref="RelayOptions.Once"/>). Then it accepts no more and takes its clients for silent, so that the targets answer
    /// what was asked and close; what is left at <see cref="RelayOptions.StopDeadline"/> is reset. To be called once.
    /// </summary>
    /// <exception cref="SocketException">The listening socket is of no use any more; connections were finished first.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        Log.Listening(Endpoint);
        await using ITimer timer = Time.CreateTimer(_ => OnTick(), null, _clock.Length, _clock.Length);
        try
        {
            await AcceptAsync(stop);
        }
        finally
        {
            _listener.Dispose();
            await _connections.EndAsync(
                Options.Once, connection => connection.EndRequests(), connection => connection.Abort(RelayEnd.Aborted), Options.StopDeadline, stop);
        }
    }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        _room.Dispose();
    }

    /// <summary>The target whose turn it is.</summary>
    internal RelayTarget NextTarget() => Options.Targets[(int)((Interlocked.Increment(ref _turn) - 1) % (uint)Options.Targets.Count)];

    /// <summary>Forgets a connection that is over.</summary>
    internal void Remove(RelayConnection connection)
    {
        _room.Release();
        _connections.Remove(connection);
    }

    private async Task AcceptAsync(CancellationToken stop)
    {
        using var failures = new AcceptFailures(Log.AcceptFailed, Time);
        for (long id = 1; !stop.IsCancellationRequested && !(Options.Once && id > 1);)
        {
            try
            {
                await _room.WaitAsync(stop);
                RelayConnection connection = await AcceptOneAsync(id++, failures, stop);
                _connections.Add(connection);
                _ = connection.RunAsync();
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<RelayConnection> AcceptOneAsync(long id, AcceptFailures failures, CancellationToken stop)
    {
        while (true)
        {
            Socket? socket = null;
            try
            {
                socket = await _listener.AcceptAsync(stop);
                return new RelayConnection(this, socket, id);
            }
            catch (SocketException error) when (!AcceptFailures.IsFatal(error.SocketErrorCode))
            {
                socket?.Dispose();
                await failures.BackOffAsync(error.SocketErrorCode, stop);
            }
        }
    }

    private void OnTick()
    {
        _clock.Advance();
        foreach (RelayConnection connection in _connections.All) connection.EndWhenOver(_clock);
    }
}
