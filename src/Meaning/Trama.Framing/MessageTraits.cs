namespace Trama.Framing;

/// <summary>What a protocol says of a message's place in an exchange. Without <see cref="Asks"/> and <see cref="Answers"/>, what the client
/// says is a request and what the server says is a reply.</summary>
[Flags]
public enum MessageTraits : byte
{
    /// <summary>A request that gets a reply, or the reply to the oldest request without one.</summary>
    None = 0,

    /// <summary>A request that gets no reply.</summary>
    NoReply = 1,

    /// <summary>A reply that another one to the same request follows (HTTP 1xx, FTP 1yz).</summary>
    Interim = 2,

    /// <summary>A message that answers nothing and that nothing answers (a greeting, a RESP push, a notification).</summary>
    Unsolicited = 4,

    /// <summary>What follows, in both directions, is another protocol (HTTP Upgrade and CONNECT, STARTTLS).</summary>
    ProtocolChange = 8,

    /// <summary>A request, whichever side says it (a broker's PUBLISH).</summary>
    Asks = 16,

    /// <summary>A reply, whichever side says it (a client's PUBACK).</summary>
    Answers = 32,

    /// <summary>The end of a dialogue: what follows in this connection is its close (QUIT, close_notify, GOAWAY, Terminate).</summary>
    Goodbye = 64,

    /// <summary>The end of the exchange of its <see cref="MessageEnd.Key"/>, whichever side says it and however far that has come
    /// (RST_STREAM, a cancelled call): messages of either direction that are open under this number end here, cut, no reply is due any
    /// more, and its status says why.</summary>
    Aborts = 128,
}
