using System.Net;

namespace Trama.Peers.Replies;

/// <summary>Decides what a server answers. One responder serves all connections, many at the same time.</summary>
public abstract class Responder
{
    /// <summary>Whether an answer may take its time, so that whoever asked may be gone before it is there.</summary>
    public virtual bool TakesTime => false;

    /// <summary>The answer to a message.</summary>
    /// <param name="message">The whole message, valid until the answer has been sent.</param>
    /// <param name="client">Who sent it.</param>
    /// <param name="gone">Signalled when nobody waits for the answer any more; never unless it <see cref="TakesTime"/>.</param>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public abstract ValueTask<Answer> AnswerAsync(ReadOnlyMemory<byte> message, EndPoint client, CancellationToken gone);
}
