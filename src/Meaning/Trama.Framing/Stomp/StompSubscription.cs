namespace Trama.Framing.Stomp;

/// <summary>A subscription.</summary>
/// <param name="Destination">What to.</param>
/// <param name="NeedsAck">Whether its messages are acknowledged.</param>
/// <param name="IsCumulative">Whether one acknowledgement is for all messages before it.</param>
internal sealed record StompSubscription(ReadOnlyMemory<byte> Destination, bool NeedsAck, bool IsCumulative)
{
    /// <summary>Its messages in their order, where that matters, as the one who acknowledges names them.</summary>
    public Queue<ulong> InOrder { get; } = new(0);
}
