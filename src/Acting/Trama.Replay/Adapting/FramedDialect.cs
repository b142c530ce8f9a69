using System.Buffers;
using Trama.Framing;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Adapting;

/// <summary>A dialect of which the project's framings tell where messages end.</summary>
internal sealed class FramedDialect : Dialect, IMessageSink
{
    private readonly Occasion _occasion;
    private readonly Conversation _conversation;
    private readonly Direction _other;
    private readonly Dictionary<MessageId, OpenMessage> _open = [];
    private long _held;

    /// <summary>Begins.</summary>
    /// <param name="rule">How messages are told apart.</param>
    /// <param name="occasion">Where it is spoken.</param>
    public FramedDialect(FramingRule rule, Occasion occasion)
    {
        _occasion = occasion;
        _other = occasion.Self == Side.Server ? Direction.ToServer : Direction.ToClient;
        _conversation = new Conversation(rule, this);
    }

    /// <inheritdoc/>
    public override long HeldBytes => _held;

    /// <inheritdoc/>
    public override bool IsByTurns => _open.Count > 0 && ReferenceEquals(_conversation.Framing, FramingRule.Turns.Name);

    private Direction Own => _other == Direction.ToServer ? Direction.ToClient : Direction.ToServer;

    /// <inheritdoc/>
    public override void Hear(ReadOnlySpan<byte> bytes) => _conversation.Take(_other, bytes);

    /// <inheritdoc/>
    public override void HearEnd() => _conversation.End(_other);

    /// <inheritdoc/>
    public override void FallSilent() => _conversation.EndTurn(_other);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Say(RecordedMessage message, RecordedMessage? askedThen, LiveMessage? asked)
    {
        var saying = new Saying(message, Filler.Of(message), askedThen, asked, _occasion);
        ReadOnlyMemory<byte> bytes = Adaptations.Of(message.Protocol).Write(saying);
        SayOwn(bytes.Span);
        return bytes;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte>? UnknownReply(LiveMessage asked) => Adaptations.Of(asked.Protocol).UnknownReply(asked, _occasion);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte>? Refuse(LiveMessage asked)
    {
        ReadOnlyMemory<byte>? refusal = Adaptations.Of(asked.Protocol).Refusal(asked);
        if (refusal is { } bytes) SayOwn(bytes.Span);
        return refusal;
    }

    /// <inheritdoc/>
    public override Task CarryAsync(RecordedExchange exchange, IBufferWriter<byte>? heard, Task ready, CancellationToken stop) =>
        exchange is { Transfer: { } transfer, Request: { } request }
            ? Adaptations.Of(request.Protocol).CarryAsync(transfer, _occasion, heard, ready, stop) : Task.CompletedTask;

    /// <inheritdoc/>
    public override void SayOwn(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty) _conversation.Take(Own, bytes);
    }

    void IMessageSink.OnBytes(in MessageId message, Origin origin, ReadOnlySpan<byte> bytes)
    {
        if (message.Direction != _other) return;
        if (!_open.TryGetValue(message, out OpenMessage? open))
            _open.Add(message, open = new OpenMessage(_occasion.Time.GetTimestamp()));
        open.Bytes.Write(bytes);
        open.LastAt = _occasion.Time.GetTimestamp();
        _held += bytes.Length;
    }

    void IMessageSink.OnMissing(in MessageId message, Origin origin, long count)
    {
        // Nothing of a live connection is missing.
    }

    void IMessageSink.OnMessageEnd(in MessageId message, in MessageEnd end)
    {
        if (message.Direction != _other)
        {
            SaidKey = end.Key;
            return;
        }

        if (!_open.Remove(message, out OpenMessage? open))
        {
            if ((end.Traits & MessageTraits.Answers) == 0) return;
            open = new OpenMessage(_occasion.Time.GetTimestamp());
        }

        _held -= open.Bytes.WrittenCount;
        var heard = new LiveMessage
        {
            Bytes = open.Bytes.WrittenMemory,
            Protocol = end.Protocol,
            Operation = end.Operation.ToArray(),
            Group = end.Group.ToArray(),
            Status = end.Status.ToArray(),
            Failed = end.Failed,
            Key = end.Key,
            Traits = end.Traits,
            ReplyDue = end.ReplyDue,
            BeganAt = open.BeganAt,
            HeardAt = open.LastAt,
        };
        Adaptations.Of(heard.Protocol).Hear(heard);
        Heard.Enqueue(heard);
    }

    void IMessageSink.OnLost(Direction direction, int layer)
    {
        // Nothing of a live connection is missing.
    }

    void IMessageSink.OnUnfit(Direction direction, string framing, FramingFailure failure)
    {
        // It goes on by turns.
    }

    private sealed class OpenMessage(long beganAt)
    {
        public ArrayBufferWriter<byte> Bytes { get; } = new();

        public long BeganAt { get; } = beganAt;

        public long LastAt { get; set; } = beganAt;
    }
}
