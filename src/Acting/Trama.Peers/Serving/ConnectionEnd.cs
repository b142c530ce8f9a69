namespace Trama.Peers.Serving;

/// <summary>Why a connection of a server ended.</summary>
public enum ConnectionEnd
{
    /// <summary>The client closed its side.</summary>
    ClientClosed,

    /// <summary>The server closed after its reply.</summary>
    Replied,

    /// <summary>Closed by the server: silent beyond <see cref="ServerOptions.IdleLimit"/>.</summary>
    Idle,

    /// <summary>Closed by the server: a message, or all that it sent for its one reply, has more bytes than
    /// <see cref="ServerOptions.MessageLimit"/>.</summary>
    TooLarge,

    /// <summary>Closed by the server: more than <see cref="ServerOptions.MessageLimit"/> of what others said waited for it
    /// (<see cref="Conducts.Broadcasting"/>).</summary>
    TooSlow,

    /// <summary>Closed by the server: all connections together had reached <see cref="ServerOptions.MemoryLimit"/>, none could go on, and
    /// none held more than this one.</summary>
    HeldTooMuch,

    /// <summary>The client closed its side in the middle of a message.</summary>
    Cut,

    /// <summary>Closed by the server: what it received does not fit the framing.</summary>
    Unfit,

    /// <summary>Closed or reset by the server on purpose: its answer, or its <see cref="ServerOptions.Faults"/>, say so.</summary>
    Misbehaved,

    /// <summary>Closed by the server, which has no answer; see <see cref="ServerConnection.ResponderError"/>.</summary>
    Unanswered,

    /// <summary>The TLS handshake failed; see <see cref="ServerConnection.TlsError"/>.</summary>
    TlsFailed,

    /// <summary>The client reset the connection, or the network did.</summary>
    Reset,

    /// <summary>Closed by the server, which was asked to stop.</summary>
    Stopped,

    /// <summary>Reset by the server, which was asked to stop and whose deadline had passed.</summary>
    Aborted,
}
