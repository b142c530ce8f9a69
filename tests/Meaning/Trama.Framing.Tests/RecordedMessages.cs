using System.Text;

namespace Trama.Framing.Tests;

/// <summary>Writes down what a conversation tells its sink: <c>&gt; "text" description</c>, one line a message.</summary>
internal sealed class RecordedMessages : IMessageSink
{
    private readonly List<byte>[] _bytes = [[], []];

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

    public void OnBytes(Direction direction, ReadOnlySpan<byte> bytes)
    {
        Assert.False(bytes.IsEmpty);
        _bytes[(int)direction].AddRange(bytes);
    }

    public void OnMissing(Direction direction, long count) =>
        _bytes[(int)direction].AddRange(Encoding.ASCII.GetBytes($"[{count} missing]"));

    public void OnMessageEnd(Direction direction, MessageEnd end)
    {
        List<byte> bytes = _bytes[(int)direction];
        var line = new StringBuilder(direction == Direction.ToServer ? "> \"" : "< \"");
        VisibleText.Append(line, bytes.ToArray());
        line.Append('"');
        if (!end.Description.IsEmpty) VisibleText.Append(line.Append(" = "), end.Description);
        if (end.Traits != MessageTraits.None) line.Append(" [").Append(end.Traits).Append(']');
        if (end.Cut) line.Append(" [cut]");
        Log.Add(line.ToString());
        bytes.Clear();
    }

    public void OnUnfit(Direction direction, string framing, FramingFailure failure) =>
        Log.Add($"{(direction == Direction.ToServer ? '>' : '<')} {framing}: {failure.Fault} at {failure.Offset}");
}
