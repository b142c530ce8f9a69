namespace Trama.Framing;

/// <summary>What a protocol says of a message's place in an exchange.</summary>
[Flags]
public enum MessageTraits : byte
{
    /// <summary>A request that gets a reply, or the reply to the oldest request without one.</summary>
    None = 0,

    /// <summary>A request that gets no reply.</summary>
    NoReply = 1,

    /// <summary>A reply that another one to the same request follows (HTTP 1xx, FTP 1yz).</summary>
    Interim = 2,

    /// <summary>A message of the server that answers nothing (a greeting, a RESP push).</summary>
    Unsolicited = 4,

    /// <summary>What follows, in both directions, is another protocol (HTTP Upgrade and CONNECT, STARTTLS).</summary>
    ProtocolChange = 8,
}
