using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Trama.Peers.Relaying;

/// <summary>The round trip time of a connection, as Linux measures it.</summary>
internal static class RoundTrip
{
    private const int TcpLevel = 6; // IPPROTO_TCP
    private const int TcpInformation = 11; // TCP_INFO
    private const int RoundTripAt = 68; // tcpi_rtt of struct tcp_info: the smoothed time in microseconds

    /// <summary>The time so far; zero when the system does not tell.</summary>
    /// <exception cref="SocketException">The connection is over.</exception>
    public static TimeSpan Of(Socket socket)
    {
        if (!OperatingSystem.IsLinux()) return TimeSpan.Zero;
        Span<byte> information = stackalloc byte[RoundTripAt + sizeof(uint)];
        int length = socket.GetRawSocketOption(TcpLevel, TcpInformation, information);
        return length < information.Length ? TimeSpan.Zero : TimeSpan.FromMicroseconds(
            MemoryMarshal.Read<uint>(information[RoundTripAt..]));
    }
}
