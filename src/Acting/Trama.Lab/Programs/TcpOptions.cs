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

    /// <summary>How often the kernel repeats a SYN before it gives up.</summary>
    public static void SetSynRetries(this Socket socket, int retries) => Set(socket, SynCount, retries);

    /// <summary>How long the kernel waits for an ACK before it gives the connection up.</summary>
    public static void SetUserTimeout(this Socket socket, double seconds) => Set(socket, UserTimeout, (int)(seconds * 1000));

    /// <summary>The congestion control, as the kernel names it.</summary>
    public static void SetCongestionControl(this Socket socket, string name) =>
        socket.SetRawSocketOption(Level, Congestion, Encoding.ASCII.GetBytes(name));

    private static void Set(Socket socket, int option, int value) =>
        socket.SetRawSocketOption(Level, option, MemoryMarshal.AsBytes(new Span<int>(ref value)));
}
