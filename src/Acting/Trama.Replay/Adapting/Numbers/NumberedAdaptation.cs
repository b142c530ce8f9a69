using Trama.Tracing;

namespace Trama.Replay.Adapting.Numbers;

/// <summary>Protocols whose replies repeat a number of their request, each at a fixed place.</summary>
/// <param name="requestAt">Where it stands in a request.</param>
/// <param name="replyAt">Where it stands in a reply.</param>
/// <param name="size">Its bytes.</param>
/// <param name="isKeyed">Whether replies may overtake each other.</param>
internal class NumberedAdaptation(int requestAt, int replyAt, int size, bool isKeyed) : Adaptation
{
    /// <inheritdoc/>
    public override bool IsKeyed => isKeyed;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from)
    {
        int at = from == Side.Client ? requestAt : replyAt;
        if (!IsNumbered(message.Span) || message.Length < at + size) return message;
        byte[] content = message.ToArray();
        content.AsSpan(at, size).Clear();
        return content;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        if (saying is not { Asked: { } asked, AskedThen: { } then } || saying.Bytes.Length < replyAt + size) return saying.Bytes;
        if (asked.Bytes.Length < requestAt + size || then.Bytes.Length < requestAt + size) return saying.Bytes;
        // What has another number than what it answers, such as a token of a login, has none at this place.
        ReadOnlySpan<byte> number = saying.Bytes.Span.Slice(replyAt, size);
        if (!IsNumbered(saying.Bytes.Span) || !number.SequenceEqual(then.Bytes.Span.Slice(requestAt, size))) return saying.Bytes;
        byte[] bytes = saying.Bytes.ToArray();
        asked.Bytes.Span.Slice(requestAt, size).CopyTo(bytes.AsSpan(replyAt));
        return bytes;
    }

    /// <summary>Whether a message has such a number.</summary>
    protected virtual bool IsNumbered(ReadOnlySpan<byte> message) => true;
}
