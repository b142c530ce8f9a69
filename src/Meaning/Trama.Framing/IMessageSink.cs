namespace Trama.Framing;

/// <summary>
/// Hears of the messages of a connection. Between two ends of message of one direction, all bytes of that direction
/// belong to one message. Calls come from within the calls of <see cref="Conversation"/>, in the order of the bytes.
/// </summary>
public interface IMessageSink
{
    /// <summary>The next bytes of the message in progress, at least one; the first ones begin it.</summary>
    void OnBytes(Direction direction, ReadOnlySpan<byte> bytes);

    /// <summary>Bytes of the message in progress that nobody saw.</summary>
    void OnMissing(Direction direction, long count);

    /// <summary>The message in progress is complete.</summary>
    void OnMessageEnd(Direction direction, MessageEnd end);

    /// <summary>A stream stopped fitting the framing; the connection goes on by turns, the messages in progress included.</summary>
    /// <param name="direction">The stream that does not fit.</param>
    /// <param name="framing">The name of the framing that it does not fit.</param>
    /// <param name="failure">Where and why.</param>
    void OnUnfit(Direction direction, string framing, FramingFailure failure);
}
