using System.Runtime.InteropServices;

namespace Trama.Processes.Sockets;

/// <summary>
/// The kernel's <c>struct tcp_info</c> (linux/tcp.h), in the byte order of this machine. It has grown over the years, so every field may
/// be missing.
/// </summary>
internal static class TcpInfo
{
    private const int RetriesAt = 2;
    private const int ProbesAt = 3;
    private const int BackoffAt = 4;
    private const int TimeoutAt = 8;
    private const int UnacknowledgedAt = 24;
    private const int SinceSentAt = 44;
    private const int SinceReceivedAt = 52;
    private const int SinceAcknowledgedAt = 56;
    private const int RttAt = 68;
    private const int RetransmissionsAt = 100;
    private const int BytesAcknowledgedAt = 120;
    private const int BytesReceivedAt = 128;
    private const int DataSegmentsReceivedAt = 152;
    private const int DataSegmentsSentAt = 156;
    private const int SegmentsReceivedAt = 140;
    private const int BytesSentAt = 200;
    private const int BytesRetransmittedAt = 208;
    private const int PeerWindowAt = 228;
    private const int WindowAt = 232;

    // TCP_CA_Recovery and TCP_CA_Loss.
    private const byte Recovery = 3;

    /// <summary>Reads the fields that are there; null when not even the first counters are.</summary>
    public static TcpFigures? Read(ReadOnlySpan<byte> info) => info.Length < RetransmissionsAt + sizeof(uint) ? null : new TcpFigures
    {
        IsRecovering = info[1] >= Recovery,
        Retries = info[RetriesAt],
        Probes = info[ProbesAt],
        Backoff = info[BackoffAt],
        RetransmissionTimeoutUs = Number(info, TimeoutAt) ?? 0,
        Unacknowledged = Number(info, UnacknowledgedAt) ?? 0,
        SinceSentMs = Number(info, SinceSentAt) ?? 0,
        SinceReceivedMs = Number(info, SinceReceivedAt) ?? 0,
        SinceAcknowledgedMs = Number(info, SinceAcknowledgedAt) ?? 0,
        RttUs = Number(info, RttAt) ?? 0,
        Retransmissions = Number(info, RetransmissionsAt) ?? 0,
        BytesAcknowledged = Count(info, BytesAcknowledgedAt),
        BytesReceived = Count(info, BytesReceivedAt),
        DataSegmentsReceived = Number(info, DataSegmentsReceivedAt),
        DataSegmentsSent = Number(info, DataSegmentsSentAt),
        BytesSent = Count(info, BytesSentAt),
        BytesRetransmitted = Count(info, BytesRetransmittedAt),
        SegmentsReceived = Number(info, SegmentsReceivedAt),
        PeerWindow = Number(info, PeerWindowAt),
        Window = Number(info, WindowAt),
    };

    /// <summary>Reads the bytes that went each way; false when the kernel counts none.</summary>
    public static bool TryReadTraffic(ReadOnlySpan<byte> info, out SocketTraffic traffic)
    {
        traffic = new SocketTraffic(Count(info, BytesAcknowledgedAt) ?? 0, Count(info, BytesReceivedAt) ?? 0);
        return info.Length >= BytesReceivedAt + sizeof(ulong);
    }

    private static uint? Number(ReadOnlySpan<byte> info, int at) =>
        info.Length < at + sizeof(uint) ? null : MemoryMarshal.Read<uint>(info[at..]);

    private static ulong? Count(ReadOnlySpan<byte> info, int at) =>
        info.Length < at + sizeof(ulong) ? null : MemoryMarshal.Read<ulong>(info[at..]);
}
