using System.Net.Sockets;

namespace Trama.Peers.Listening;

/// <summary>What to do when a connection cannot be accepted, in three tiers: give up, back off, or pass over it.</summary>
internal sealed class AcceptFailures : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(1);

    private readonly Action<SocketError> _tell;
    private readonly TimeProvider _time;
    private readonly SpareHandles _spare = new();
    private long? _loggedAt;

    /// <param name="tell">Hears of the failures to back off for.</param>
    /// <param name="time">The clock of pauses.</param>
    public AcceptFailures(Action<SocketError> tell, TimeProvider time)
    {
        _tell = tell;
        _time = time;
        _spare.TryHold();
    }

    /// <summary>First tier: the listening socket itself is of no use any more.</summary>
    public static bool IsFatal(SocketError error) => error
        is SocketError.NotSocket or SocketError.InvalidArgument or SocketError.OperationNotSupported or SocketError.OperationAborted;

    /// <summary>
    /// Third tier: the failure was that of one connection, which is gone (accept(2) hands its network errors on).
    /// Second tier, everything else: handles or memory have run out, so wait for connections to end; told to the log once
    /// a second at most.
    /// </summary>
    public async ValueTask BackOffAsync(SocketError error, CancellationToken stop)
    {
        if (IsOfOneConnection(error)) return;
        _spare.Dispose();
        do
        {
            Tell(error);
            await Task.Delay(Pause, _time, stop);
        }
        while (!_spare.TryHold());
    }

    /// <summary>Gives the spare handles back.</summary>
    public void Dispose() => _spare.Dispose();

    private void Tell(SocketError error)
    {
        if (_loggedAt is { } at && _time.GetElapsedTime(at) < LogInterval) return;
        _loggedAt = _time.GetTimestamp();
        _tell(error);
    }

    private static bool IsOfOneConnection(SocketError error) => error
        is SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.NotConnected or SocketError.TimedOut
        or SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.HostUnreachable
        or SocketError.ProtocolOption or SocketError.Interrupted or SocketError.AccessDenied;
}
