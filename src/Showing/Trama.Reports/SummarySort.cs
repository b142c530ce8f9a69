namespace Trama.Reports;

/// <summary>By what the connections of a summary are ordered, the largest first; by number, the first first.</summary>
public enum SummarySort : byte
{
    /// <summary>The number of the connection.</summary>
    Number,

    /// <summary>How long it lasted.</summary>
    Duration,

    /// <summary>Bytes of both streams.</summary>
    Bytes,

    /// <summary>Exchanges.</summary>
    Exchanges,

    /// <summary>Retransmissions of both sides.</summary>
    Retransmissions,

    /// <summary>The median round trip time.</summary>
    Rtt,

    /// <summary>The server time that one exchange in a hundred exceeds.</summary>
    ServerTime,
}
