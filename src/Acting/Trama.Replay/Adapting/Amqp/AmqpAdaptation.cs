using System.Buffers.Binary;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Amqp;

/// <summary>AMQP 0-9-1: replies go to the channel that asks, and nobody has to be heard of while nothing is said.</summary>
internal sealed class AmqpAdaptation : Adaptation
{
    // Type, channel, length; behind the payload one byte more.
    private const int Head = 7, Tail = 1, ChannelAt = 1, LengthAt = 3, ChannelSize = 2;
    private const byte Method = 1;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from)
    {
        byte[] content = message.ToArray();
        foreach (int at in Frames(content)) content.AsSpan(at + ChannelAt, ChannelSize).Clear();
        return content;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        byte[] bytes = saying.Bytes.ToArray();
        ReadOnlySpan<byte> then = Channel(saying.AskedThen?.Bytes), now = Channel(saying.Asked?.Bytes);
        foreach (int at in Frames(bytes))
        {
            Span<byte> channel = bytes.AsSpan(at + ChannelAt, ChannelSize);
            if (!now.IsEmpty && channel.SequenceEqual(then)) now.CopyTo(channel);
            Silence(bytes.AsSpan(at));
        }

        return bytes;
    }

    private static ReadOnlySpan<byte> Channel(ReadOnlyMemory<byte>? request) =>
        request is { Length: >= Head } frame && IsFrame(frame.Span) ? frame.Span.Slice(ChannelAt, ChannelSize) : default;

    // Connection.Tune and its answer: a heartbeat of 0 is none (section 1.4.2.5).
    private static void Silence(Span<byte> frame)
    {
        const int arguments = Head + 4, heartbeat = arguments + 2 + 4;
        if (frame is [Method, _, _, _, _, _, _, 0, 10, 0, 30 or 31, ..] && frame.Length >= heartbeat + 2) frame.Slice(heartbeat, 2).Clear();
    }

    // A connection begins with AMQP and a version instead.
    private static bool IsFrame(ReadOnlySpan<byte> bytes) => bytes is [>= Method and <= 8, ..];

    private static List<int> Frames(ReadOnlySpan<byte> bytes)
    {
        List<int> frames = [];
        for (int at = 0; bytes.Length - at >= Head + Tail && IsFrame(bytes[at..]);)
        {
            frames.Add(at);
            long next = at + (long)Head + BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + LengthAt)..]) + Tail;
            if (next > bytes.Length) break;
            at = (int)next;
        }

        return frames;
    }
}
