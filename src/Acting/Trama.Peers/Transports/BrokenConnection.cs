using System.Net.Sockets;

namespace Trama.Peers.Transports;

/// <summary>How a connection is known to be broken, or closed under whoever waits for it.</summary>
internal static class BrokenConnection
{
    /// <summary>Whether this is one that an <see cref="ITransport"/> may meet.</summary>
    public static bool IsBroken(this Exception error) => error is SocketException or IOException or ObjectDisposedException;

    /// <summary>Whether the system has found the connection broken, which nobody has met yet.</summary>
    public static bool HasFailed(this ITransport transport)
    {
        try
        {
            return (int)transport.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! != 0;
        }
        catch (Exception error) when (error.IsBroken())
        {
            // It is over already.
            return false;
        }
    }
}
