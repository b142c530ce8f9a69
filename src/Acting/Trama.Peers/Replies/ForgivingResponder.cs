using System.Buffers;
using System.Net;
using Trama.Framing;

namespace Trama.Peers.Replies;

/// <summary>Has certain words stand for an answer that another responder fails to give.</summary>
public sealed class ForgivingResponder : Responder
{
    private readonly Responder _inner;
    private readonly ReadOnlyMemory<byte> _reply;

    /// <param name="inner">The responder that may fail.</param>
    /// <param name="words">What is answered then.</param>
    /// <param name="framing">How that reply is marked.</param>
    /// <exception cref="ArgumentException">The framing cannot hold so many words.</exception>
    public ForgivingResponder(Responder inner, ReadOnlyMemory<byte> words, FramingRule framing)
    {
        _inner = inner;
        var message = new ArrayBufferWriter<byte>();
        if (!framing.Envelope.TryWrite(message, words.Span, Direction.ToClient)) throw new ArgumentException(
            "Too long for the framing.", nameof(words));
        _reply = message.WrittenMemory;
    }

    /// <inheritdoc/>
    public override bool TakesTime => _inner.TakesTime;

    /// <inheritdoc/>
    public override async ValueTask<Answer> AnswerAsync(ReadOnlyMemory<byte> message, EndPoint client, CancellationToken gone)
    {
        try
        {
            return await _inner.AnswerAsync(message, client, gone);
        }
        catch (ResponderException trouble)
        {
            return new Answer(_reply) { Trouble = trouble };
        }
    }
}
