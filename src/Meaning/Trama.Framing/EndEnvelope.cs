using System.Buffers;

namespace Trama.Framing;

/// <summary>Ends each message with a sequence of bytes.</summary>
/// <param name="end">The sequence.</param>
/// <param name="afterReturn">Whether a CR before it belongs to it.</param>
internal sealed class EndEnvelope(byte[] end, bool afterReturn) : Envelope
{
    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> End => end;

    /// <inheritdoc/>
    public override Range Words(ReadOnlySpan<byte> message)
    {
        if (!message.EndsWith(end)) return Range.All;
        int length = message.Length - end.Length;
        if (afterReturn && length > 0 && message[length - 1] == '\r') length--;
        return ..length;
    }

    /// <inheritdoc/>
    public override bool TryWrite(IBufferWriter<byte> output, ReadOnlySpan<byte> words, Direction direction)
    {
        output.Write(words);
        if (!words.EndsWith(end)) output.Write(end);
        return true;
    }
}
