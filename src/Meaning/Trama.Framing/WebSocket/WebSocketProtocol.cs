namespace Trama.Framing.WebSocket;

/// <summary>WebSocket (RFC 6455), after the upgrade by which HTTP/1.1 becomes it.</summary>
/// <param name="deflate">How messages are compressed; null when they are not, or nobody saw what was agreed upon.</param>
internal sealed class WebSocketProtocol(WebSocketDeflate? deflate) : Protocol
{
    /// <inheritdoc/>
    public override string Name => "websocket";

    /// <summary>Nothing in the bytes is its own: an upgrade says that it begins.</summary>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) => Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var closing = new WebSocketClosing();
        return new(Name, new WebSocketStream(Direction.ToServer, closing, deflate), new WebSocketStream(Direction.ToClient, closing, deflate));
    }
}
