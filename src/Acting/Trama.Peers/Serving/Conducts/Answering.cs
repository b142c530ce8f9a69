using Trama.Peers.Replies;

namespace Trama.Peers.Serving.Conducts;

/// <summary>Answers messages: the first one, or all that come (<see cref="ServerOptions.KeepOpen"/>).</summary>
/// <param name="responder">Who decides what is answered.</param>
public sealed class Answering(Responder responder) : Conduct
{
    /// <inheritdoc/>
    internal override async Task<ConnectionEnd> ServeAsync(ServerConnection connection)
    {
        var client = new AnsweredClient(connection, responder);
        return await client.HearAsync() ?? await connection.LingerAsync();
    }
}
