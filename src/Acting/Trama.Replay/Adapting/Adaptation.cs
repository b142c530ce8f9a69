using System.Buffers;
using Trama.Replay.Adapting.Refusing;
using Trama.Replay.Recording;
using Trama.Replay.Recording.Transfers;
using Trama.Tracing;

namespace Trama.Replay.Adapting;

/// <summary>
/// What of a protocol must differ when its messages are said again, or may differ though they are alike. Each connection has one of its
/// own, which sees its messages in order. By default they are said as recorded.
/// </summary>
internal class Adaptation
{
    /// <summary>The recorded connection as a server can play it: without what it settles by itself, such as who may come in.</summary>
    public virtual RecordedConnection ToServe(RecordedConnection recorded) => recorded;

    /// <summary>The recorded connection as a client can play it.</summary>
    public virtual RecordedConnection ToSend(RecordedConnection recorded) => recorded;

    /// <summary>The operation of a request without what its client made up.</summary>
    public virtual ReadOnlyMemory<byte> Operation(ReadOnlyMemory<byte> operation) => operation;

    /// <summary>That by which a message is alike another of its operation.</summary>
    public virtual ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from) => message;

    /// <summary>That by which a reply is alike another to the same request: what is put right when it is said tells nothing.</summary>
    public virtual ReadOnlyMemory<byte> ReplyContent(ReadOnlyMemory<byte> reply, RecordedMessage? asked) => Content(reply, Side.Server);

    /// <summary>What the connection has come to before a request.</summary>
    /// <param name="operation">What it asks for.</param>
    public virtual Standing Standing(ReadOnlySpan<byte> operation) => default;

    /// <summary>A request has this reply: what comes after it may mean something else. Told in order, of a recorded connection and of a
    /// live one.</summary>
    /// <param name="operation">What was asked.</param>
    /// <param name="reply">What is replied; null when nothing recorded is.</param>
    public virtual void Follow(ReadOnlySpan<byte> operation, RecordedMessage? reply)
    {
    }

    /// <summary>Whether replies are told apart by a key of their requests, so that one may overtake another.</summary>
    public virtual bool IsKeyed => false;

    /// <summary>The server's own reply to a request that has none recorded; null when it has to be a recorded one.</summary>
    public virtual ReadOnlyMemory<byte>? OwnReply(LiveMessage asked) => null;

    /// <summary>The server's own reply to a request that was not recorded; null when it has none.</summary>
    public virtual ReadOnlyMemory<byte>? UnknownReply(LiveMessage asked, Occasion occasion) => null;

    /// <summary>The error with which the protocol refuses a request to which nothing recorded is near; null when it has none.</summary>
    public virtual ReadOnlyMemory<byte>? Refusal(LiveMessage asked) => Refusals.Of(asked);

    /// <summary>Carries what a recorded exchange carried beside its connection; safe to be called while the others are.</summary>
    /// <param name="transfer">What was carried.</param>
    /// <param name="occasion">Where it is carried.</param>
    /// <param name="heard">Takes what the other side sends; null when it does not matter.</param>
    /// <param name="ready">The other side is ready to hear: until then this side makes the connection, and says nothing.</param>
    /// <param name="stop">Ends it before its time.</param>
    public virtual Task CarryAsync(
        RecordedTransfer transfer, Occasion occasion, IBufferWriter<byte>? heard, Task ready, CancellationToken stop) => Task.CompletedTask;

    /// <summary>The other side said something.</summary>
    public virtual void Hear(LiveMessage message)
    {
    }

    /// <summary>The bytes of a recorded message as they fit the live connection.</summary>
    public virtual ReadOnlyMemory<byte> Write(in Saying saying) => saying.Bytes;
}
