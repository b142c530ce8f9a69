namespace Trama.Framing.Bodies;

/// <summary>The bodies that are open in one layer of a conversation, where bodies are read.</summary>
/// <param name="sink">Hears what they say.</param>
/// <param name="layer">The layer, counted from 0 at the wire.</param>
/// <param name="reading">What they may cost.</param>
internal sealed class LayerBodies(IMessageSink sink, int layer, BodyReading reading)
{
    // Of messages beyond so many, bodies are not read.
    private const int MaxOpen = 8192;

    private readonly Dictionary<MessageId, MessageBody> _open = [];

    /// <summary>A step of a framing took bytes of a message.</summary>
    public void Take(Direction direction, StreamFraming half, FrameStep step, ReadOnlySpan<byte> taken)
    {
        ReadOnlySpan<byte> piece = half.BodyPiece(taken);
        var message = new MessageId(direction, layer, step.Message);
        if (!piece.IsEmpty) Of(message, half)?.Take(piece);
        else if (reading.TellsAll && half.HeadPiece(taken, out ContentKind kind) is { IsEmpty: false } head)
            sink.OnContent(message, kind, missing: 0, head);
    }

    /// <summary>A step of a framing passed over bytes that nobody saw.</summary>
    public void Skip(Direction direction, StreamFraming half, FrameStep step)
    {
        var message = new MessageId(direction, layer, step.Message);
        if (half.BodyMissing > 0) Of(message, half)?.Miss(half.BodyMissing);
        else if (reading.TellsAll) sink.OnContent(message, ContentKind.Head, step.Taken, []);
    }

    /// <summary>A message is over, or cut.</summary>
    /// <returns>Its body; null when it has none.</returns>
    public MessageBody? End(in MessageId message, bool isCut)
    {
        if (!_open.Remove(message, out MessageBody? body)) return null;
        body.End(isCut);
        return body;
    }

    /// <summary>Another framing is in force from here on.</summary>
    public void Clear()
    {
        foreach (MessageBody body in _open.Values) body.End(isCut: true);
        _open.Clear();
    }

    private MessageBody? Of(in MessageId message, StreamFraming half)
    {
        if (_open.TryGetValue(message, out MessageBody? body)) return body;
        if (_open.Count == MaxOpen) return null;
        body = new MessageBody(reading, sink, message, half.BodyFields);
        _open.Add(message, body);
        return body;
    }
}
