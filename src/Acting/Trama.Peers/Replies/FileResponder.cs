using System.Net;

namespace Trama.Peers.Replies;

/// <summary>Answers each message with what a file holds then, which is not held in memory.</summary>
/// <param name="path">The file.</param>
public sealed class FileResponder(string path) : Responder
{
    /// <inheritdoc/>
    public override ValueTask<Answer> AnswerAsync(ReadOnlyMemory<byte> message, EndPoint client, CancellationToken gone) =>
        new(new Answer { File = path });
}
