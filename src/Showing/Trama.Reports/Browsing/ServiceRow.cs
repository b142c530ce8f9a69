using Trama.Packets.Transport;

namespace Trama.Reports.Browsing;

/// <summary>What a server was asked, a row for each group of operations; one without for what has no group, and for a server without
/// exchanges.</summary>
/// <param name="Server">The server.</param>
/// <param name="Protocol">The name of the protocol; null for none.</param>
/// <param name="Group">The group, fit to be shown; empty for none.</param>
public sealed record ServiceRow(Endpoint Server, string? Protocol, string Group)
{
    /// <summary>Exchanges.</summary>
    public long Exchanges { get; init; }

    /// <summary>Those that failed, or were not answered though a reply was due.</summary>
    public long Faulty { get; init; }

    /// <summary>The server's time that half of them do not exceed, in nanoseconds; null when none is known.</summary>
    public long? ServerP50Ns { get; init; }

    /// <summary>The server's time that 99 of 100 do not exceed, in nanoseconds.</summary>
    public long? ServerP99Ns { get; init; }

    /// <summary>The longest of the server's times, in nanoseconds.</summary>
    public long? ServerMaxNs { get; init; }

    /// <summary>How much of the total time the network took, from 0 to 1; null when it is not known of any.</summary>
    public double? NetworkShare { get; init; }

    /// <summary>Connections to the server, in whatever row of it.</summary>
    public long Connections { get; init; }
}
