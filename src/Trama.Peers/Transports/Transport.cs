using System.Net.Sockets;

namespace Trama.Peers.Transports;

/// <summary>Makes transports.</summary>
public static class Transport
{
    /// <summary>The bare connection of a socket. What waits for it goes on in a thread that serves all connections, and must
    /// never block.</summary>
    public static ITransport Over(Socket socket) => OperatingSystem.IsLinux() ? new PolledTransport(socket) : new SocketTransport(socket);
}
