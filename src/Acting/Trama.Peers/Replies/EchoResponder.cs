using System.Net;

namespace Trama.Peers.Replies;

/// <summary>Answers each message with itself.</summary>
public sealed class EchoResponder : Responder
{
    /// <inheritdoc/>
    public override ValueTask<Answer> AnswerAsync(ReadOnlyMemory<byte> message, EndPoint client, CancellationToken gone) =>
        new(new Answer(message));
}
