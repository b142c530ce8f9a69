namespace Trama.Processes.Sockets;

/// <summary>Counters of a connection (<c>struct tcp_info</c>). A kernel that is older than a counter leaves it null.</summary>
public sealed record TcpFigures
{
    /// <summary>How many times in a row the oldest segment was sent again in vain.</summary>
    public byte Retries { get; init; }

    /// <summary>How many window probes in a row went unanswered.</summary>
    public byte Probes { get; init; }

    /// <summary>How many of the retries doubled the wait.</summary>
    public byte Backoff { get; init; }

    /// <summary>Whether segments are known to be lost and are being sent again.</summary>
    public bool IsRecovering { get; init; }

    /// <summary>The wait before the next retransmission, in microseconds.</summary>
    public uint RetransmissionTimeoutUs { get; init; }

    /// <summary>Segments sent and not acknowledged.</summary>
    public uint Unacknowledged { get; init; }

    /// <summary>Since the last data was sent, or since the connection was made when there was none, in milliseconds.</summary>
    public uint SinceSentMs { get; init; }

    /// <summary>Since the last data came, or since the connection was made when there was none, in milliseconds.</summary>
    public uint SinceReceivedMs { get; init; }

    /// <summary>Since the last acknowledgement came, in milliseconds.</summary>
    public uint SinceAcknowledgedMs { get; init; }

    /// <summary>The smoothed round trip time in microseconds; 0 before the first measurement.</summary>
    public uint RttUs { get; init; }

    /// <summary>Segments sent again since the connection was made.</summary>
    public uint Retransmissions { get; init; }

    /// <summary>Bytes that the peer acknowledged; its SYN-ACK counts one.</summary>
    public ulong? BytesAcknowledged { get; init; }

    /// <summary>Bytes that came.</summary>
    public ulong? BytesReceived { get; init; }

    /// <summary>Segments with data that came.</summary>
    public uint? DataSegmentsReceived { get; init; }

    /// <summary>Segments with data that were sent.</summary>
    public uint? DataSegmentsSent { get; init; }

    /// <summary>Bytes sent, retransmitted ones too.</summary>
    public ulong? BytesSent { get; init; }

    /// <summary>Bytes of those that were sent again.</summary>
    public ulong? BytesRetransmitted { get; init; }

    /// <summary>Segments that came, with data or without.</summary>
    public uint? SegmentsReceived { get; init; }

    /// <summary>Bytes that the peer takes now.</summary>
    public uint? PeerWindow { get; init; }

    /// <summary>Bytes that this side told the peer it takes.</summary>
    public uint? Window { get; init; }
}
