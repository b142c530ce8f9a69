namespace Trama.Tracing;

/// <summary>What is noteworthy about a segment, given those before it.</summary>
[Flags]
public enum SegmentMarks : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Its sequence numbers were sent before.</summary>
    Retransmission = 1,

    /// <summary>A retransmission that follows duplicate acknowledgements at once.</summary>
    FastRetransmission = 1 << 1,

    /// <summary>A retransmission of acknowledged bytes.</summary>
    SpuriousRetransmission = 1 << 2,

    /// <summary>It arrived after segments that follow it in the stream.</summary>
    OutOfOrder = 1 << 3,

    /// <summary>At least one segment before it was not seen.</summary>
    Gap = 1 << 4,

    /// <summary>It acknowledges bytes that the capture does not have.</summary>
    AckOfUnseen = 1 << 5,

    /// <summary>It repeats the acknowledgement before it.</summary>
    DuplicateAck = 1 << 6,

    /// <summary>It advertises a window of zero.</summary>
    ZeroWindow = 1 << 7,

    /// <summary>It probes a zero window.</summary>
    ZeroWindowProbe = 1 << 8,

    /// <summary>It answers a zero window probe.</summary>
    ZeroWindowProbeAck = 1 << 9,

    /// <summary>It fills the other side's window to its edge.</summary>
    WindowFull = 1 << 10,

    /// <summary>It changes nothing but the window.</summary>
    WindowUpdate = 1 << 11,

    /// <summary>A keep-alive probe.</summary>
    KeepAlive = 1 << 12,

    /// <summary>The answer to a keep-alive probe.</summary>
    KeepAliveAck = 1 << 13,

    /// <summary>It is shorter in the capture than on the wire.</summary>
    Cut = 1 << 14,

    /// <summary>
    /// The same packet as one a moment before: the capture has it twice, or the network doubled it. Nobody sent it again.
    /// </summary>
    Copy = 1 << 15,
}
