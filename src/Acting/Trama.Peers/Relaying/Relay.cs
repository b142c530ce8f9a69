using System.Net;
using System.Net.Sockets;
using Trama.Peers.Listening;

namespace Trama.Peers.Relaying;

/// <summary>Stands between clients and targets: joins each client that connects with a target, and passes on what both say.</summary>
public sealed class Relay : IDisposable
{
    private readonly Reception<RelayConnection> _reception;
    private readonly AcceptMarks _marks = new();
    private uint _turn;

    private Relay(RelayOptions options, IRelayLog log, TimeProvider time, Socket listener)
    {
        Options = options;
        Log = log;
        Time = time;
        var accepting = new ReceptionOptions
        {
            IdleLimit = options.IdleLimit,
            StopDeadline = options.StopDeadline,
            MemoryLimit = options.MemoryLimit,
            Once = options.Once,
            MaxConnections = options.MaxConnections,
        };
        _reception = new Reception<RelayConnection>(listener, accepting, time);
    }

    /// <summary>The address and port it listens at, until it is disposed of.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_reception.Endpoint;

    internal RelayOptions Options { get; }

    internal IRelayLog Log { get; }

    internal TimeProvider Time { get; }

    internal OwnSockets Own { get; } = new();

    /// <summary>Now, on the clock by which connections note their progress.</summary>
    internal long Tick => _reception.Clock.Now;

    /// <summary>Starts to listen; clients may connect from now on, and are relayed once <see cref="RunAsync"/> is called.</summary>
    /// <exception cref="ListenException">The system refused.</exception>
    public static Relay Listen(RelayOptions options, IRelayLog log, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(options.Targets.Count);
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
    public Task RunAsync(CancellationToken stop)
    {
        Log.Listening(Endpoint);
        return _reception.RunAsync(
            (socket, id) => _marks.Takes(socket) ? null : new RelayConnection(this, socket, id), Log.AcceptFailed, stop);
    }

    /// <summary>
    /// Waits until the log knows all that was sent before the call: who has connected, whether they reached a target, what both have said,
    /// and how they ended. What a receiver's closed window holds back is as if it had not been sent. Not for a relay that speaks TLS.
    /// </summary>
    /// <param name="patience">For how long.</param>
    /// <returns>Whether it knows by then.</returns>
    public async Task<bool> CatchUpAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            await _marks.PassAsync(Endpoint, deadline.Token).ConfigureAwait(false);
            foreach (RelayConnection connection in _reception.Open.ToArray())
                await CatchUp.WaitAsync(connection, deadline.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // In the last two cases it listens no more.
            return false;
        }
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => _reception.Dispose();

    internal MemoryShare Share() => _reception.Share();

    /// <summary>The target whose turn it is.</summary>
    internal RelayTarget NextTarget() => Options.Targets[(int)((Interlocked.Increment(ref _turn) - 1) % (uint)Options.Targets.Count)];
}
