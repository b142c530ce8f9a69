using System.Net.Sockets;
using Trama.Peers.Security;
using Trama.Peers.Transports;

namespace Trama.Peers;

/// <summary>Makes transports.</summary>
public static class Transport
{
    /// <summary>
    /// From now on, connections of this process that often go on within a tenth of a millisecond are looked at for so long without
    /// sleeping. That spares the time to wake up and costs that of a processor.
    /// </summary>
    public static void LookAhead()
    {
        if (OperatingSystem.IsLinux()) Poller.Shared.LooksAhead = true;
    }

    /// <summary>The connection of a socket that was accepted, with TLS or bare.</summary>
    public static ITransport Over(Socket socket, TlsServerOptions? tls) => tls is null ? Over(socket) : new TlsTransport(socket, tls);

    /// <summary>The connection of a socket that connected, with TLS or bare.</summary>
    public static ITransport Over(Socket socket, TlsClientOptions? tls) => tls is null ? Over(socket) : new TlsTransport(socket, tls);

    /// <summary>The bare connection of a socket. What waits for it goes on in a thread that serves all connections, and must
    /// never block.</summary>
    public static ITransport Over(Socket socket) => OperatingSystem.IsLinux()
        ? new PolledTransport(socket, Poller.Shared) : new SocketTransport(socket);
}
