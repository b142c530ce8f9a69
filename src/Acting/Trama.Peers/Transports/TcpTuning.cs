using System.Net.Sockets;

namespace Trama.Peers.Transports;

/// <summary>How the kernel is to treat a connection; what is not set is as the system has it.</summary>
public sealed record TcpTuning
{
    private const int Tcp = 6; // IPPROTO_TCP
    private const int MaximumSegment = 2; // TCP_MAXSEG
    private const int UserTimeoutOption = 18; // TCP_USER_TIMEOUT
    private const int FastOpenQueue = 23; // TCP_FASTOPEN
    private const int FastOpenConnect = 30; // TCP_FASTOPEN_CONNECT

    // Connections whose first bytes came and whose handshake is not complete.
    private const int MostFastOpening = 1024;

    /// <summary>
    /// The silence after which, and the interval in which, the other side is probed (RFC 9293, section 3.8.4); whole seconds.
    /// </summary>
    public TimeSpan? KeepAlive { get; init; }

    /// <summary>How long sent bytes may stay unacknowledged before the connection is given up (RFC 5482).</summary>
    public TimeSpan? UserTimeout { get; init; }

    /// <summary>The largest segment, in bytes of payload, 88 or more; null leaves it to the path.</summary>
    public int? SegmentSize { get; init; }

    /// <summary>Whether the first bytes leave with the SYN (RFC 7413), where the system and the server let them.</summary>
    public bool FastOpen { get; init; }

    /// <summary>Whether small segments leave at once; otherwise Nagle's algorithm (RFC 896) holds them until those before are
    /// acknowledged.</summary>
    public bool NoDelay { get; init; } = true;

    /// <summary>Sets the options of a socket that is not connected yet, or does not listen yet: connections that it accepts
    /// take them over.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="listens">Whether it is to listen.</param>
    /// <exception cref="SocketException">The system refuses one of them.</exception>
    public void Apply(Socket socket, bool listens = false)
    {
        socket.NoDelay = NoDelay;
        if (KeepAlive is { } silence)
        {
            int seconds = Math.Max(1, (int)silence.TotalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, seconds);
        }

        if (!OperatingSystem.IsLinux()) return;
        if (UserTimeout is { } timeout) Set(socket, UserTimeoutOption, Math.Max(1, (int)timeout.TotalMilliseconds));
        if (SegmentSize is { } size) Set(socket, MaximumSegment, size);
        if (FastOpen && listens) Set(socket, FastOpenQueue, MostFastOpening);
        else if (FastOpen) Set(socket, FastOpenConnect, 1);
    }

    private static void Set(Socket socket, int option, int value) => socket.SetRawSocketOption(Tcp, option, BitConverter.GetBytes(value));
}
