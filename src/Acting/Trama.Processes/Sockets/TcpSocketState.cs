namespace Trama.Processes.Sockets;

/// <summary>The state of a TCP socket, as the kernel numbers it (RFC 9293, section 3.3.2).</summary>
public enum TcpSocketState : byte
{
    /// <summary>A number that is none of those below.</summary>
    Unknown,

    /// <summary>Both sides may send.</summary>
    Established,

    /// <summary>A SYN was sent and not answered.</summary>
    SynSent,

    /// <summary>A SYN came and was answered; the program does not see the connection yet.</summary>
    SynReceived,

    /// <summary>This side closed; its FIN is not acknowledged.</summary>
    FinWait1,

    /// <summary>This side closed and the peer knows; the peer has not closed.</summary>
    FinWait2,

    /// <summary>Over; kept for stray segments. No program has it any more.</summary>
    TimeWait,

    /// <summary>Not connected.</summary>
    Closed,

    /// <summary>The peer closed; this program has not.</summary>
    CloseWait,

    /// <summary>The peer closed first, then this side; its FIN is not acknowledged.</summary>
    LastAck,

    /// <summary>Waits for connections.</summary>
    Listening,

    /// <summary>Both closed at once; a FIN is not acknowledged.</summary>
    Closing,
}
