using System.Buffers;
using System.Text;
using Trama.Framing.Bodies;

namespace Trama.Framing.Tests.Bodies;

/// <summary>What a conversation tells of bodies.</summary>
internal sealed class ToldBodies : IMessageSink
{
    private readonly Dictionary<MessageId, ArrayBufferWriter<byte>> _open = [];

    public List<Body> Bodies { get; } = [];

    /// <summary>All that was told as content, in order.</summary>
    public StringBuilder Content { get; } = new();

    public static ToldBodies Of(BodyReading reading, int pieceLength, params (Direction From, byte[] Bytes)[] said)
    {
        var sink = new ToldBodies();
        var conversation = new Conversation(FramingRule.Auto, sink, new FramingContext { Bodies = reading });
        foreach ((Direction from, byte[] bytes) in said)
            foreach (byte[] piece in bytes.Chunk(pieceLength)) conversation.Take(from, piece);
        conversation.End(Direction.ToServer);
        conversation.End(Direction.ToClient);
        return sink;
    }

    public void OnContent(in MessageId message, ContentKind kind, long missing, ReadOnlySpan<byte> bytes)
    {
        Content.Append(kind == ContentKind.Words
            ? $"[{message.Number}: {Encoding.UTF8.GetString(bytes)}]"
            : Encoding.Latin1.GetString(bytes));
        if (kind == ContentKind.Body) Said(message).Write(bytes);
    }

    public void OnBytes(in MessageId message, Origin origin, ReadOnlySpan<byte> bytes) => Said(message);

    public void OnMissing(in MessageId message, Origin origin, long count) => Said(message);

    public void OnMessageEnd(in MessageId message, in MessageEnd end)
    {
        if (!_open.Remove(message, out ArrayBufferWriter<byte>? said) || end.Body is not { } body) return;
        Bodies.Add(new Body(
            message.Direction, Encoding.UTF8.GetString(body.MediaType), Encoding.UTF8.GetString(body.Encoding), body.Bytes,
            body.DecodedBytes, body.Obstacle, said.WrittenSpan.ToArray()));
    }

    public void OnLost(Direction direction, int layer)
    {
        // Of no interest here.
    }

    public void OnUnfit(Direction direction, string framing, FramingFailure failure) => Assert.Fail($"{framing}: {failure}");

    private ArrayBufferWriter<byte> Said(in MessageId message)
    {
        if (!_open.TryGetValue(message, out ArrayBufferWriter<byte>? said)) _open.Add(message, said = new ArrayBufferWriter<byte>());
        return said;
    }

    public sealed record Body(
        Direction From, string MediaType, string Encoding, long Bytes, long? DecodedBytes, BodyObstacle Obstacle, byte[] Said);
}
