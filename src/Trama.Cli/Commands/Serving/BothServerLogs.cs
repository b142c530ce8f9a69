using System.Net;
using System.Net.Sockets;
using Trama.Peers.Replies;
using Trama.Peers.Serving;

namespace Trama.Cli.Commands.Serving;

/// <summary>Tells two logs: what people see, and the record.</summary>
internal sealed class BothServerLogs(IServerLog one, IServerLog other) : IServerLog
{
    /// <inheritdoc/>
    public void Listening(EndPoint endpoint)
    {
        one.Listening(endpoint);
        other.Listening(endpoint);
    }

    /// <inheritdoc/>
    public void Connected(ServerConnection connection)
    {
        one.Connected(connection);
        other.Connected(connection);
    }

    /// <inheritdoc/>
    public void Received(ServerConnection connection, ReadOnlySpan<byte> message)
    {
        one.Received(connection, message);
        other.Received(connection, message);
    }

    /// <inheritdoc/>
    public void Replied(ServerConnection connection, ReadOnlySpan<byte> reply)
    {
        one.Replied(connection, reply);
        other.Replied(connection, reply);
    }

    /// <inheritdoc/>
    public void RepliedFile(ServerConnection connection, string path, long bytes)
    {
        one.RepliedFile(connection, path, bytes);
        other.RepliedFile(connection, path, bytes);
    }

    /// <inheritdoc/>
    public void Troubled(ServerConnection connection, ResponderException trouble)
    {
        one.Troubled(connection, trouble);
        other.Troubled(connection, trouble);
    }

    /// <inheritdoc/>
    public void Broadcast(ServerConnection connection, ReadOnlySpan<byte> message, int clients)
    {
        one.Broadcast(connection, message, clients);
        other.Broadcast(connection, message, clients);
    }

    /// <inheritdoc/>
    public void Closed(ServerConnection connection, ConnectionEnd end)
    {
        one.Closed(connection, end);
        other.Closed(connection, end);
    }

    /// <inheritdoc/>
    public void Refused(IPEndPoint client)
    {
        one.Refused(client);
        other.Refused(client);
    }

    /// <inheritdoc/>
    public void AcceptFailed(SocketError error)
    {
        one.AcceptFailed(error);
        other.AcceptFailed(error);
    }

    /// <inheritdoc/>
    public void Stopped()
    {
        one.Stopped();
        other.Stopped();
    }
}
