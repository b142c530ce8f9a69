using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Trama.Lab.Programs;

/// <summary>Options of tcp(7) that the runtime has no names for.</summary>
internal static class TcpOptions
{
    private const int Level = 6;
    private const int SynCount = 7;
    private const int Congestion = 13;
    private const int UserTimeout = 18;
    private const int FastOpenConnect = 30;

    /// <summary>How often the kernel repeats a SYN before it gives up.</summary>
    public static void SetSynRetries(this Socket socket, int retries) => Set(socket, SynCount, retries);

    /// <summary>How long the kernel waits for an ACK before it gives the connection up.</summary>
    public static void SetUserTimeout(this Socket socket, double seconds) => Set(socket, UserTimeout, (int)(seconds * 1000));

    /// <summary>The SYN waits for the first write, and takes it along (RFC 7413).</summary>
    public static void OpenFast(this Socket socket) => Set(socket, FastOpenConnect, 1);

    /// <summary>The congestion control, as the kernel names it.</summary>
    public static void SetCongestionControl(this Socket socket, string name) =>
        socket.SetRawSocketOption(Level, Congestion, Encoding.ASCII.GetBytes(name));

    /// <summary>Asks a silent peer whether it is still there: after so many seconds, then every so many, so often in vain.</summary>
    public static void KeepAlive(this Socket socket, int idle, int interval, int count)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, idle);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, interval);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, count);
    }

    private static void Set(Socket socket, int option, int value) =>
        socket.SetRawSocketOption(Level, option, MemoryMarshal.AsBytes(new Span<int>(ref value)));
}
