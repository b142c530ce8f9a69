using System.Net.Sockets;
using Trama.Peers.Listening;

namespace Trama.Peers.Serving.Conducts;

/// <summary>
/// Sends each message to all other clients, and none back. A client is closed for which more than <see cref="ServerOptions.MessageLimit"/>
/// waits because it does not take it.
/// </summary>
public sealed class Broadcasting : Conduct
{
    private readonly Roster<Participant> _participants = new();

    /// <inheritdoc/>
    internal override async Task<ConnectionEnd> ServeAsync(ServerConnection connection)
    {
        var participant = new Participant(connection, this);
        _participants.Add(participant);
        ConnectionEnd? end = ConnectionEnd.Reset;
        try
        {
            end = await participant.HearAsync();
        }
        finally
        {
            // A client that is sent away need not take first what waits for it.
            if (end is not (null or ConnectionEnd.ClientClosed or ConnectionEnd.Cut)) connection.Transport.Shutdown(SocketShutdown.Both);
            await participant.EndAsync();
            _participants.Remove(participant);
        }

        return end ?? await connection.LingerAsync();
    }

    /// <summary>Has every client but the speaker hear this.</summary>
    /// <returns>How many will.</returns>
    internal int Tell(Participant speaker, ReadOnlyMemory<byte> messages)
    {
        byte[]? kept = null;
        int clients = 0;
        foreach (Participant participant in _participants.All)
            if (participant != speaker && participant.Hear(kept ??= messages.ToArray())) clients++;
        return clients;
    }
}
