using System.Buffers.Binary;
using System.Net.Sockets;

namespace Trama.Peers.Transports;

/// <summary>What the kernel counted and estimated for a connection (TCP_INFO of Linux).</summary>
public sealed record TcpStatistics
{
    private const int Tcp = 6; // IPPROTO_TCP
    private const int Info = 11; // TCP_INFO

    /// <summary>The smoothed round-trip time.</summary>
    public required TimeSpan RoundTrip { get; init; }

    /// <summary>How much the round-trip time varies.</summary>
    public required TimeSpan Variation { get; init; }

    /// <summary>Segments that were sent again.</summary>
    public required long Retransmitted { get; init; }

    /// <summary>The congestion window, in segments.</summary>
    public required long CongestionWindow { get; init; }

    /// <summary>The window that the other side advertised last, in bytes.</summary>
    public required long PeerWindow { get; init; }

    /// <summary>How long the other side's window has kept back what was to be sent, in all (Linux 4.10).</summary>
    public required TimeSpan WindowWait { get; init; }

    /// <summary>The largest segment that is sent, in bytes.</summary>
    public required long SegmentSize { get; init; }

    /// <summary>Segments sent.</summary>
    public required long SegmentsOut { get; init; }

    /// <summary>Segments received.</summary>
    public required long SegmentsIn { get; init; }

    /// <summary>What the kernel says of a connection; null when this system does not say it, or the socket is closed.</summary>
    public static TcpStatistics? Of(Socket socket)
    {
        // struct tcp_info of linux/tcp.h, up to the window of the peer (Linux 5.4). Older kernels leave the end zero.
        Span<byte> info = stackalloc byte[232];
        info.Clear();
        try
        {
            if (!OperatingSystem.IsLinux() || socket.GetRawSocketOption(Tcp, Info, info) < 104) return null;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return null;
        }

        return new TcpStatistics
        {
            RoundTrip = TimeSpan.FromMicroseconds(At(info, 68)),
            Variation = TimeSpan.FromMicroseconds(At(info, 72)),
            Retransmitted = At(info, 100),
            CongestionWindow = At(info, 80),
            PeerWindow = At(info, 228),
            WindowWait = TimeSpan.FromMicroseconds(BitConverter.ToInt64(info[176..])),
            SegmentSize = At(info, 16),
            SegmentsOut = At(info, 136),
            SegmentsIn = At(info, 140),
        };
    }

    private static uint At(ReadOnlySpan<byte> info, int offset) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(info[offset..])
            : BinaryPrimitives.ReadUInt32BigEndian(info[offset..]);
}
