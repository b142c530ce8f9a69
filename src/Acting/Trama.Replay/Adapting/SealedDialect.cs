using Trama.Replay.Recording;

namespace Trama.Replay.Adapting;

/// <summary>Where nothing of what was said can be read, there are sizes alone: so many bytes of the other side are a message, and
/// filler answers them.</summary>
/// <param name="sizes">The lengths of the other side's messages, in order.</param>
/// <param name="time">The clock.</param>
internal sealed class SealedDialect(IEnumerable<long> sizes, TimeProvider time) : Dialect
{
    private readonly Queue<long> _sizes = new(sizes);
    private long _taken;

    /// <inheritdoc/>
    public override long HeldBytes => 0;

    /// <inheritdoc/>
    public override void Hear(ReadOnlySpan<byte> bytes)
    {
        _taken += bytes.Length;
        while (_sizes.TryPeek(out long size) && _taken >= size)
        {
            _sizes.Dequeue();
            _taken -= size;
            long now = time.GetTimestamp();
            Heard.Enqueue(new LiveMessage { Bytes = default, BeganAt = now, HeardAt = now });
        }
    }

    /// <inheritdoc/>
    public override void HearEnd()
    {
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Say(RecordedMessage message, RecordedMessage? askedThen, LiveMessage? asked) =>
        new byte[Math.Min(message.Length, 1 << 30)];

    /// <inheritdoc/>
    public override void SayOwn(ReadOnlySpan<byte> bytes)
    {
    }
}
