using Trama.Captures;
using Trama.Scrubbing.Checking;

namespace Trama.Scrubbing;

/// <summary>What became of a scrub.</summary>
public sealed record ScrubOutcome
{
    /// <summary>Whether the capture says more than can be held; nothing was written then.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>Whether there are records of several link types, which a pcap file cannot hold; nothing was written then.</summary>
    public bool HasSeveralLinkTypes { get; init; }

    /// <summary>How many packets were written.</summary>
    public long Packets { get; init; }

    /// <summary>How many connections were compared.</summary>
    public int Connections { get; init; }

    /// <summary>How many exchanges were compared.</summary>
    public long Exchanges { get; init; }

    /// <summary>On how many connections bytes stay that may be lengths or types of a binary protocol.</summary>
    public int CarefulConnections { get; init; }

    /// <summary>How many blocks of TLS secrets of the original were left out; where there are any, a pcapng file says so in a
    /// comment.</summary>
    public int SecretsLeftOut { get; init; }

    /// <summary>The first thing that came out differently; null when all is the same.</summary>
    public ShapeDifference? Difference { get; init; }

    /// <summary>How reading ended.</summary>
    public CaptureEnd? End { get; init; }
}
