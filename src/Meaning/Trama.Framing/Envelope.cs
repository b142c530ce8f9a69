using System.Buffers;

namespace Trama.Framing;

/// <summary>
/// What a framing puts around the words of a program to make a message of them: a line end, a delimiter, a length. The
/// counterpart of <see cref="StreamFraming"/>, for whoever writes messages.
/// </summary>
public abstract class Envelope
{
    /// <summary>For framings that leave it to the program to write whole messages.</summary>
    internal static Envelope None { get; } = new Open();

    /// <summary>What ends a message whose words were written before; empty when nothing that follows them does.</summary>
    public virtual ReadOnlyMemory<byte> End => default;

    /// <summary>Where in a whole message the words are.</summary>
    public abstract Range Words(ReadOnlySpan<byte> message);

    /// <summary>Writes one message.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="words">What it says. Words that end as the framing asks for already get no second end.</param>
    /// <param name="direction">Who will read it.</param>
    /// <returns>Whether it was written; false when the words are too long, or too short, for the length of the framing.</returns>
    public abstract bool TryWrite(IBufferWriter<byte> output, ReadOnlySpan<byte> words, Direction direction);

    private sealed class Open : Envelope
    {
        public override Range Words(ReadOnlySpan<byte> message) => Range.All;

        public override bool TryWrite(IBufferWriter<byte> output, ReadOnlySpan<byte> words, Direction direction)
        {
            output.Write(words);
            return true;
        }
    }
}
