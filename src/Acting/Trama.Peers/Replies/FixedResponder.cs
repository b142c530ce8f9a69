using System.Buffers;
using System.Net;
using Trama.Framing;

namespace Trama.Peers.Replies;

/// <summary>Answers each message with the same words.</summary>
public sealed class FixedResponder : Responder
{
    private readonly Answer _answer;

    /// <param name="words">What to answer; may be empty, which answers nothing.</param>
    /// <param name="framing">How the reply is marked.</param>
    /// <exception cref="ArgumentException">The framing cannot hold so many words.</exception>
    public FixedResponder(ReadOnlyMemory<byte> words, FramingRule framing)
    {
        if (words.IsEmpty) return;
        var message = new ArrayBufferWriter<byte>();
        if (!framing.Envelope.TryWrite(message, words.Span, Direction.ToClient)) throw new ArgumentException(
            "Too long for the framing.", nameof(words));
        _answer = new Answer(message.WrittenMemory);
    }

    /// <inheritdoc/>
    public override ValueTask<Answer> AnswerAsync(ReadOnlyMemory<byte> message, EndPoint client, CancellationToken gone) => new(_answer);
}
