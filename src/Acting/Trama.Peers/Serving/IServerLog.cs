using System.Net;
using System.Net.Sockets;
using Trama.Peers.Replies;

namespace Trama.Peers.Serving;

/// <summary>
/// Hears what happens to a server. Calls of one connection come in order; calls of different connections come at the same
/// time, from the threads that serve them, so an implementation is quick, safe for threads, and never throws.
/// </summary>
public interface IServerLog
{
    /// <summary>The server listens.</summary>
    void Listening(EndPoint endpoint);

    /// <summary>A client has connected.</summary>
    void Connected(ServerConnection connection);

    /// <summary>A message has arrived, about to be answered; its bytes are valid during the call.</summary>
    void Received(ServerConnection connection, ReadOnlySpan<byte> message);

    /// <summary>The system has taken the whole reply; its bytes are valid during the call.</summary>
    void Replied(ServerConnection connection, ReadOnlySpan<byte> reply);

    /// <summary>The system has taken all of a file as the reply.</summary>
    void RepliedFile(ServerConnection connection, string path, long bytes);

    /// <summary>Something went wrong with an answer that is given nevertheless.</summary>
    void Troubled(ServerConnection connection, ResponderException trouble);

    /// <summary>A message is on its way to the other clients (<see cref="Conducts.Broadcasting"/>); its bytes are valid during
    /// the call.</summary>
    /// <param name="connection">Whose message it is.</param>
    /// <param name="message">The message.</param>
    /// <param name="clients">To how many others it goes.</param>
    void Broadcast(ServerConnection connection, ReadOnlySpan<byte> message, int clients);

    /// <summary>The connection is over; its counters are final.</summary>
    void Closed(ServerConnection connection, ConnectionEnd end);

    /// <summary>A client that may not connect was reset (<see cref="ServerOptions.Access"/>).</summary>
    void Refused(IPEndPoint client);

    /// <summary>A connection could not be accepted; the server backs off for a moment and goes on.</summary>
    void AcceptFailed(SocketError error);

    /// <summary>The server has stopped and every connection is over.</summary>
    void Stopped();
}
