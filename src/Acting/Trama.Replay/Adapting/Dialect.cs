using System.Buffers;
using Trama.Replay.Recording;

namespace Trama.Replay.Adapting;

/// <summary>One side of a live connection as its protocol has it: hears what the other side says as messages, and says recorded ones so
/// that they fit. Not safe for threads.</summary>
internal abstract class Dialect
{
    /// <summary>The most bytes that are held of what a server says, as of a recorded one.</summary>
    public const int LargestReply = 256 << 20;

    /// <summary>Messages of the other side that were heard and not taken yet, in order.</summary>
    public Queue<LiveMessage> Heard { get; } = [];

    /// <summary>Bytes of messages in progress that are kept.</summary>
    public abstract long HeldBytes { get; }

    /// <summary>Whether only a silence, or the other side's words, tell the end of a message.</summary>
    public virtual bool IsByTurns => false;

    /// <summary>Whether something that was said still waits for the other side to take more.</summary>
    public virtual bool IsHeldUp => false;

    /// <summary>The adaptations of the connection.</summary>
    public Adaptations Adaptations { get; } = new();

    /// <summary>The key of the last message that this side said; absent where order pairs replies with requests.</summary>
    public long? SaidKey { get; protected set; }

    /// <summary>The next bytes of the other side.</summary>
    public abstract void Hear(ReadOnlySpan<byte> bytes);

    /// <summary>The other side has ended its stream.</summary>
    public abstract void HearEnd();

    /// <summary>The other side is silent: by turns, its message is complete.</summary>
    public virtual void FallSilent()
    {
    }

    /// <summary>Whether <see cref="TakeOwed"/> may have something.</summary>
    public virtual bool IsOwing => false;

    /// <summary>What this side has to say for the protocol's own sake, by now; may be empty.</summary>
    public virtual ReadOnlyMemory<byte> TakeOwed() => default;

    /// <summary>A recorded message as it is said on this connection.</summary>
    /// <param name="message">The message.</param>
    /// <param name="askedThen">What it answered when it was recorded; null when nothing.</param>
    /// <param name="asked">What it answers now; null when nothing.</param>
    public abstract ReadOnlyMemory<byte> Say(RecordedMessage message, RecordedMessage? askedThen, LiveMessage? asked);

    /// <summary>What this side, the server, replies by itself to a request that was not recorded; null when nothing.</summary>
    public virtual ReadOnlyMemory<byte>? UnknownReply(LiveMessage asked) => null;

    /// <summary>Refuses a request to which nothing recorded is near with the protocol's own error.</summary>
    /// <returns>What is said; null when the protocol has no such error.</returns>
    public virtual ReadOnlyMemory<byte>? Refuse(LiveMessage asked) => null;

    /// <summary>Carries what a recorded exchange carried beside its connection. Nobody is kept from the dialect meanwhile.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="heard">Takes what the other side sends; null when it does not matter.</param>
    /// <param name="ready">The other side is ready to hear: until then this side makes the connection, and says nothing.</param>
    /// <param name="stop">Ends it before its time.</param>
    public virtual Task CarryAsync(RecordedExchange exchange, IBufferWriter<byte>? heard, Task ready, CancellationToken stop) =>
        Task.CompletedTask;

    /// <summary>This side says bytes that were not recorded.</summary>
    public abstract void SayOwn(ReadOnlySpan<byte> bytes);
}
