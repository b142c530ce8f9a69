using Trama.Framing.Bodies;

namespace Trama.Framing;

/// <summary>
/// Hears of the messages of a connection. Calls come from within the calls of <see cref="Conversation"/>; of each message, in the order
/// of its bytes.
/// Messages of different layers, and of one layer that interleaves them, overlap.
/// </summary>
public interface IMessageSink
{
    /// <summary>The next bytes of a message, at least one; the first ones begin it.</summary>
    /// <param name="message">Which message.</param>
    /// <param name="origin">The bytes of the wire's stream that carried them.</param>
    /// <param name="bytes">The bytes, valid during the call.</param>
    void OnBytes(in MessageId message, Origin origin, ReadOnlySpan<byte> bytes);

    /// <summary>Bytes of a message that nobody saw.</summary>
    void OnMissing(in MessageId message, Origin origin, long count);

    /// <summary>A message is complete, or <see cref="MessageEnd.Cut"/>. One of which no byte was told has none: it does not count,
    /// unless it
    /// <see cref="MessageTraits.Answers"/>.</summary>
    void OnMessageEnd(in MessageId message, in MessageEnd end);

    /// <summary>After missing bytes, nobody can say where messages of a layer end, or how many did, until one is found that
    /// begins.</summary>
    /// <param name="direction">The stream of which that is so.</param>
    /// <param name="layer">The layer, counted from 0 at the wire.</param>
    void OnLost(Direction direction, int layer);

    /// <summary>A stream stopped fitting the framing of a layer, which goes on by turns, the messages in progress included.</summary>
    /// <param name="direction">The stream that does not fit.</param>
    /// <param name="framing">The name of the framing that it does not fit.</param>
    /// <param name="failure">Where and why.</param>
    void OnUnfit(Direction direction, string framing, FramingFailure failure);

    /// <summary>What a message says, decoded, in order; told only where bodies are read (<see cref="FramingContext.Bodies"/>).</summary>
    /// <param name="message">Which message.</param>
    /// <param name="kind">What the bytes are.</param>
    /// <param name="missing">How many bytes are missing before them; 0 for none.</param>
    /// <param name="bytes">The bytes, valid during the call; may be empty, where some are missing.</param>
    void OnContent(in MessageId message, ContentKind kind, long missing, ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>Bytes that a layer yields to the one above it.</summary>
    /// <param name="direction">The stream that carried them.</param>
    /// <param name="layer">The layer that yields them, counted from 0 at the wire.</param>
    /// <param name="missing">How many bytes are missing before them: 0 for none, negative when nobody knows.</param>
    /// <param name="bytes">The bytes, valid during the call; may be empty, where some are missing.</param>
    void OnCarried(Direction direction, int layer, long missing, ReadOnlySpan<byte> bytes)
    {
    }
}
