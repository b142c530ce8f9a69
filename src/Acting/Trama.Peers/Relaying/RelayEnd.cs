namespace Trama.Peers.Relaying;

/// <summary>Why a connection of a relay ended.</summary>
public enum RelayEnd
{
    /// <summary>Both sides closed.</summary>
    Closed,

    /// <summary>The client reset the connection, and the relay its connection to the target.</summary>
    ResetByClient,

    /// <summary>The target reset the connection, and the relay its connection to the client.</summary>
    ResetByTarget,

    /// <summary>The client was to begin with a header of the PROXY protocol, and did not; it was reset.</summary>
    NoProxyHeader,

    /// <summary>The TLS handshake with the client failed; see <see cref="RelayConnection.TlsError"/>. The client was reset.</summary>
    TlsFailed,

    /// <summary>Ended by the relay on purpose; see <see cref="Misbehaving.FaultPlan"/>.</summary>
    Misbehaved,

    /// <summary>The client is this relay itself: the target leads back to it.</summary>
    Loop,

    /// <summary>No target could be reached; the client was reset.</summary>
    NoTarget,

    /// <summary>Reset by the relay: silent beyond <see cref="RelayOptions.IdleLimit"/>.</summary>
    Idle,

    /// <summary>Reset by the relay: all connections together had reached <see cref="RelayOptions.MemoryLimit"/>, none could go on, and
    /// none held more than this one.</summary>
    HeldTooMuch,

    /// <summary>Reset by the relay, which was asked to stop and whose deadline had passed.</summary>
    Aborted,
}
