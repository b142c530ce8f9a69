using System.Net.Sockets;

namespace Trama.Run.Native;

/// <summary>
/// The errors that routers and hosts report of what a socket without a connection sent, ip(7), IP_RECVERR: without asking, only a refused
/// port is told.
/// </summary>
internal static unsafe class ErrorQueue
{
    private const int Ipv4Level = 0, Ipv4Errors = 11, Ipv6Level = 41, Ipv6Errors = 25, OfQueue = 0x2000, AtOnce = 0x40;

    /// <summary>Asks for them.</summary>
    public static void Ask(Socket socket)
    {
        bool isIpv6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
        socket.SetRawSocketOption(isIpv6 ? Ipv6Level : Ipv4Level, isIpv6 ? Ipv6Errors : Ipv4Errors, [1, 0, 0, 0]);
    }

    /// <summary>Forgets the details of those that came, which take room from what is received.</summary>
    public static void Drain(Socket socket)
    {
        var message = new Libc.MessageHeader();
        while (Libc.ReceiveMessage(socket.SafeHandle, &message, OfQueue | AtOnce) >= 0) message = default;
    }
}
