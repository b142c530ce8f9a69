using System.Text;

namespace Trama.Framing.Tests;

/// <summary>Writes down what a conversation tells its sink: <c>&gt; "text" description</c>, one line a message.</summary>
internal sealed class RecordedMessages : IMessageSink
{
    private readonly Dictionary<MessageId, List<byte>> _open = [];

    public List<string> Log { get; } = [];

    public static List<string> Of(FramingRule rule, int pieceLength, params (Direction From, byte[] Bytes)[] said)
    {
        var sink = new RecordedMessages();
        var conversation = new Conversation(rule, sink);
        foreach ((Direction from, byte[] bytes) in said)
            foreach (byte[] piece in bytes.Chunk(pieceLength)) conversation.Take(from, piece);
        conversation.End(Direction.ToServer);
        conversation.End(Direction.ToClient);
        return sink.Log;
    }

    public void OnBytes(in MessageId message, Origin origin, ReadOnlySpan<byte> bytes)
    {
        Assert.False(bytes.IsEmpty);
        Bytes(message).AddRange(bytes);
    }

    public void OnMissing(in MessageId message, Origin origin, long count) =>
        Bytes(message).AddRange(Encoding.ASCII.GetBytes($"[{count} missing]"));

    public void OnMessageEnd(in MessageId message, in MessageEnd end)
    {
        Direction direction = message.Direction;
        if (!_open.Remove(message, out List<byte>? bytes)) return;
        var line = new StringBuilder(direction == Direction.ToServer ? "> \"" : "< \"");
        VisibleText.Append(line, bytes.ToArray());
        line.Append('"');
        if (message.Layer > 0) line.Insert(1, message.Layer);
        if (message.Number != 0) line.Append(" #").Append(message.Number);
        if (!end.Description.IsEmpty) VisibleText.Append(line.Append(" = "), end.Description);
        if (end.Traits != MessageTraits.None) line.Append(" [").Append(end.Traits).Append(']');
        if (end.Cut) line.Append(" [cut]");
        Log.Add(line.ToString());
    }

    public void OnLost(Direction direction, int layer)
    {
    }

    public void OnUnfit(Direction direction, string framing, FramingFailure failure) =>
        Log.Add($"{(direction == Direction.ToServer ? '>' : '<')} {framing}: {failure.Fault} at {failure.Offset}");

    private List<byte> Bytes(in MessageId message)
    {
        if (!_open.TryGetValue(message, out List<byte>? bytes)) _open.Add(message, bytes = []);
        return bytes;
    }
}
