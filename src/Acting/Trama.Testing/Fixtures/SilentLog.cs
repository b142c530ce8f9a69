using System.Net;
using System.Net.Sockets;
using Trama.Peers.Replies;
using Trama.Peers.Serving;

namespace Trama.Testing.Fixtures;

/// <summary>Nobody reads what a server of a test tells: its traffic does.</summary>
internal sealed class SilentLog : IServerLog
{
    /// <inheritdoc/>
    public void Listening(EndPoint endpoint) { }

    /// <inheritdoc/>
    public void Connected(ServerConnection connection) { }

    /// <inheritdoc/>
    public void Received(ServerConnection connection, ReadOnlySpan<byte> message) { }

    /// <inheritdoc/>
    public void Replied(ServerConnection connection, ReadOnlySpan<byte> reply) { }

    /// <inheritdoc/>
    public void RepliedFile(ServerConnection connection, string path, long bytes) { }

    /// <inheritdoc/>
    public void Troubled(ServerConnection connection, ResponderException trouble) { }

    /// <inheritdoc/>
    public void Broadcast(ServerConnection connection, ReadOnlySpan<byte> message, int clients) { }

    /// <inheritdoc/>
    public void Closed(ServerConnection connection, ConnectionEnd end) { }

    /// <inheritdoc/>
    public void Refused(IPEndPoint client) { }

    /// <inheritdoc/>
    public void AcceptFailed(SocketError error) { }

    /// <inheritdoc/>
    public void Stopped() { }
}
