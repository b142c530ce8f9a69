using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Trama.Peers.Native;

/// <summary>connect(2) of Linux without waiting; the runtime's own throws to say that it goes on.</summary>
internal static partial class LinuxConnect
{
    private const int InProgress = 115;
    private const int Refused = 111;
    private const int NoPortsLeft = 99; // EADDRNOTAVAIL

    /// <summary>Starts to connect a socket that does not block.</summary>
    /// <returns>What stands in the way already; <see cref="SocketError.InProgress"/> when that remains to be seen, once the socket
    /// is writable.</returns>
    public static SocketError Start(Socket socket, SocketAddress address)
    {
        if (Connect(socket.SafeHandle, ref MemoryMarshal.GetReference(address.Buffer.Span), address.Size) == 0) return SocketError.Success;
        return Marshal.GetLastPInvokeError() switch
        {
            InProgress => SocketError.InProgress,
            Refused => SocketError.ConnectionRefused,
            NoPortsLeft => SocketError.AddressNotAvailable,
            _ => SocketError.NetworkUnreachable,
        };
    }

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(SafeHandle socket, ref byte address, int length);
}
