using Trama.Packets;

namespace Trama.Tracing;

/// <summary>What a tracker was given so far.</summary>
public sealed class CaptureTotals
{
    /// <summary>Whether the packets are made up from what a program said; see <see cref="TracingOptions.IsSynthetic"/>.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>Records, of any protocol.</summary>
    public long Packets { get; internal set; }

    /// <summary>Bytes of all packets on the wire.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Packets that carried a TCP segment of some connection.</summary>
    public long TcpPackets { get; internal set; }

    /// <summary>ICMP errors about a TCP segment.</summary>
    public long IcmpErrors { get; internal set; }

    /// <summary>When the first packet was seen.</summary>
    public Timestamp? FirstAt { get; internal set; }

    /// <summary>When the last packet was seen.</summary>
    public Timestamp? LastAt { get; internal set; }

    /// <summary>Connections seen.</summary>
    public long Connections { get; internal set; }

    /// <summary>Exchanges of connections that are over.</summary>
    public long Exchanges { get; internal set; }

    /// <summary>Those that spoke TLS.</summary>
    public TlsTotals Tls { get; } = new();

    /// <summary>A connection ended.</summary>
    internal void Count(Connection connection)
    {
        Exchanges += connection.ExchangeCount;
        if (connection.Tls is { } tls) Tls.Count(tls);
    }

    /// <summary>The same of a part of the capture.</summary>
    /// <param name="connections">The connections of the part.</param>
    /// <param name="packets">Its packets, all of which carry a segment.</param>
    public CaptureTotals Part(long connections, long packets) =>
        new()
        {
            IsSynthetic = IsSynthetic,
            Connections = connections,
            Packets = packets,
            TcpPackets = packets,
            FirstAt = FirstAt,
            LastAt = LastAt
        };

    /// <summary>Connections that were let go while open because <see cref="TracingOptions.MaxConnections"/> was reached.</summary>
    public long EvictedConnections { get; internal set; }
}
