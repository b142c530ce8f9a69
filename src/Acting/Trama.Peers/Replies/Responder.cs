using System.Net;

namespace Trama.Peers.Replies;

/// <summary>Decides what a server answers. One responder serves all connections, many at the same time.</summary>
public abstract class Responder
{
    /// <summary>The answer to a message.</summary>
    /// <param name="message">The whole message, valid until the answer has been sent.</param>
    /// <param name="client">Who sent it.</param>
    public abstract ValueTask<Answer> AnswerAsync(ReadOnlyMemory<byte> message, EndPoint client);
}
