namespace Trama.Framing.Amqp;

/// <summary>A method that waits for the one that answers it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Key">What pairs it with its answer.</param>
/// <param name="NeedsNoAck">Of one that brings messages: whether these want no acknowledgement.</param>
internal readonly record struct AmqpAsk(AmqpMethod Method, long Key, bool NeedsNoAck);
