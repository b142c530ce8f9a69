namespace Trama.Reports.Browsing;

/// <summary>In which order connections are listed.</summary>
public enum ConnectionOrder : byte
{
    /// <summary>Those with the worst finding first, then those with the most faulty exchanges, then by number.</summary>
    FaultyFirst,

    /// <summary>By number: in the order of their first packets.</summary>
    Number,

    /// <summary>By how long they lasted.</summary>
    Duration,

    /// <summary>By the number of exchanges.</summary>
    Exchanges,

    /// <summary>By the number of faulty exchanges.</summary>
    Faulty,

    /// <summary>By the bytes of both streams.</summary>
    Bytes,

    /// <summary>By retransmissions.</summary>
    Retransmissions,

    /// <summary>By the median round trip time; unknown ones count as 0.</summary>
    Rtt,

    /// <summary>By the longest time of the server.</summary>
    LongestServer,
}
