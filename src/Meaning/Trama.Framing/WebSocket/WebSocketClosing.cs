namespace Trama.Framing.WebSocket;

/// <summary>What the two directions know of each other: whether one of them has begun to close (RFC 6455 section 7.1).</summary>
internal sealed class WebSocketClosing
{
    /// <summary>Who said it first; absent while nobody has.</summary>
    public Direction? By { get; set; }
}
