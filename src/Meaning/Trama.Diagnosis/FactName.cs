namespace Trama.Diagnosis;

/// <summary>What a <see cref="Fact"/> is. Durations end in Ns, sizes in Bytes; the others are counts unless they say more.</summary>
public enum FactName : byte
{
    /// <summary>How often it happened.</summary>
    Count,

    /// <summary>Out of how many.</summary>
    Total,

    /// <summary>The longest, or the only, duration of it.</summary>
    LongestNs,

    /// <summary>All of it together.</summary>
    SumNs,

    /// <summary>The round trip time.</summary>
    RttNs,

    /// <summary>A size that passes, or was received.</summary>
    Bytes,

    /// <summary>A size that does not pass, or was lost.</summary>
    LostBytes,

    /// <summary>A receive window.</summary>
    WindowBytes,

    /// <summary>Bytes a second.</summary>
    Rate,

    /// <summary>Parts in a million of the segments.</summary>
    SharePpm,

    /// <summary>The TTL of the segment in question.</summary>
    TimeToLive,

    /// <summary>The TTL of the others from there.</summary>
    UsualTimeToLive,

    /// <summary>Retransmissions by the retransmission timer (RFC 6298).</summary>
    Timeouts,

    /// <summary>Retransmissions after duplicate acknowledgements (RFC 5681 section 3.2).</summary>
    FastRetransmissions,

    /// <summary>Tail loss probes (RFC 8985 section 7).</summary>
    TailProbes,

    /// <summary>By how much the path's delay grew.</summary>
    QueueNs,

    /// <summary>The type of an ICMP error.</summary>
    IcmpType,

    /// <summary>The code of an ICMP error.</summary>
    IcmpCode,

    /// <summary>The number of an earlier connection.</summary>
    EarlierConnection,

    /// <summary>How long a connection was silent.</summary>
    IdleNs,

    /// <summary>The largest packet that passes, in bytes, as a router says.</summary>
    Mtu,

    /// <summary>The level of a TLS alert (RFC 8446 section 6).</summary>
    AlertLevel,

    /// <summary>The description of a TLS alert (RFC 8446 section 6).</summary>
    AlertDescription,
}
