using Trama.Packets;

namespace Trama.Reports.Browsing;

/// <summary>What happened when: a period in parts of equal length.</summary>
/// <param name="Start">When the first part begins.</param>
/// <param name="PartNs">How long each is, in nanoseconds.</param>
public sealed record Timeline(Timestamp Start, long PartNs)
{
    /// <summary>Exchanges that began in each part.</summary>
    public required IReadOnlyList<long> Exchanges { get; init; }

    /// <summary>Those of them that failed or were not answered.</summary>
    public required IReadOnlyList<long> Faulty { get; init; }

    /// <summary>The median of the server's time, in nanoseconds; null where none is known.</summary>
    public required IReadOnlyList<long?> ServerP50Ns { get; init; }

    /// <summary>What 99 of 100 of the server's times do not exceed, in nanoseconds.</summary>
    public required IReadOnlyList<long?> ServerP99Ns { get; init; }

    /// <summary>Segments that were sent again, by the capture's clock.</summary>
    public required IReadOnlyList<long> Retransmissions { get; init; }
}
