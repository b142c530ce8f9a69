namespace Trama.Framing.WebSocket;

/// <summary>What a frame carries (RFC 6455 section 5.2).</summary>
internal enum WebSocketOpcode : byte
{
    /// <summary>What goes on with a message.</summary>
    Continuation = 0,

    /// <summary>A message of text.</summary>
    Text = 1,

    /// <summary>A message of bytes.</summary>
    Binary = 2,

    /// <summary>The end of the dialogue.</summary>
    Close = 8,

    /// <summary>Asks for a sign of life.</summary>
    Ping = 9,

    /// <summary>Gives one.</summary>
    Pong = 10,
}
