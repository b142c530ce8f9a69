namespace Trama.Framing.Nats;

/// <summary>What the messages of NATS begin with (NATS documentation, "Client Protocol").</summary>
internal enum NatsVerb : byte
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>What the server is and can.</summary>
    Info,

    /// <summary>Who the client is and what it wants.</summary>
    Connect,

    /// <summary>A message to a subject.</summary>
    Pub,

    /// <summary>The same with headers.</summary>
    HPub,

    /// <summary>Asks for the messages of a subject.</summary>
    Sub,

    /// <summary>Asks for them no more.</summary>
    Unsub,

    /// <summary>Brings a message.</summary>
    Msg,

    /// <summary>The same with headers.</summary>
    HMsg,

    /// <summary>Asks whether the other side is there.</summary>
    Ping,

    /// <summary>Answers a PING.</summary>
    Pong,

    /// <summary>In verbose mode: what the client said was well.</summary>
    Ok,

    /// <summary>An error.</summary>
    Err,
}
