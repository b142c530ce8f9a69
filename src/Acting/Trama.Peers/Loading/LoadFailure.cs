namespace Trama.Peers.Loading;

/// <summary>Why a request was not answered, or a connection not made.</summary>
public enum LoadFailure
{
    /// <summary>Nothing listens at the port.</summary>
    Refused,

    /// <summary>There is no way to the server, or no port left on this side.</summary>
    Unreachable,

    /// <summary>The system has no more handles for connections.</summary>
    NoHandles,

    /// <summary>The connection was not made in time.</summary>
    ConnectTimedOut,

    /// <summary>The TLS handshake failed or was not over in time, or what came later was not TLS.</summary>
    TlsFailed,

    /// <summary>The reply was not complete in time.</summary>
    ReplyTimedOut,

    /// <summary>The server closed the connection before the reply was complete.</summary>
    Closed,

    /// <summary>The server reset the connection.</summary>
    Reset,

    /// <summary>The reply did not fit the framing.</summary>
    Unfit,

    /// <summary>No connection was free for the request until the load had ended.</summary>
    NotSent,
}
