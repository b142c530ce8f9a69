namespace Trama.Peers.Sending;

/// <summary>Why a client did not get its reply.</summary>
public enum ClientFailure
{
    /// <summary>Anything else; the exception has the system's words.</summary>
    Other,

    /// <summary>The name has no address.</summary>
    NameNotFound,

    /// <summary>The name could not be looked up in time.</summary>
    LookupTimedOut,

    /// <summary>The own address to connect from is none of this machine, or its port is taken.</summary>
    OwnAddress,

    /// <summary>Nothing listens at the port.</summary>
    Refused,

    /// <summary>There is no way to the address.</summary>
    Unreachable,

    /// <summary>No answer to the attempt to connect.</summary>
    ConnectTimedOut,

    /// <summary>The server stopped taking the message.</summary>
    SendTimedOut,

    /// <summary>The message is larger than a datagram.</summary>
    TooLarge,

    /// <summary>The server did not begin its reply in time.</summary>
    ReplyTimedOut,

    /// <summary>The server closed the connection without a byte of reply.</summary>
    ClosedWithoutReply,

    /// <summary>The server closed the connection in the middle of its reply.</summary>
    Cut,

    /// <summary>The server closed the connection before it had replied to every message; see <see cref="Client.Replies"/>.</summary>
    RepliesMissing,

    /// <summary>The server closed the connection before it had taken everything.</summary>
    NotAllTaken,

    /// <summary>The reply does not fit the framing; see <see cref="Client.FramingFailure"/>.</summary>
    Unfit,

    /// <summary>What was to be sent does not fit the framing; see <see cref="Client.FramingFailure"/>.</summary>
    InputUnfit,

    /// <summary>What was to be sent could not be read on; the exception has the system's words.</summary>
    InputUnreadable,

    /// <summary>What was to be sent ended in the middle of a message.</summary>
    InputCut,

    /// <summary>The proxy did not connect; the cause is a <see cref="ProxyException"/>.</summary>
    ProxyFailed,

    /// <summary>The TLS handshake failed; the cause is a <see cref="Security.TlsException"/>.</summary>
    TlsFailed,

    /// <summary>The client itself reset the connection, on purpose.</summary>
    Misbehaved,

    /// <summary>The server reset the connection.</summary>
    Reset,
}
