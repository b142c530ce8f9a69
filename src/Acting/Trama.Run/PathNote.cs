using Trama.Packets.Transport;

namespace Trama.Run;

/// <summary>
/// What the real path of a connection was like, by the kernel's own count: the segments that are shown passed between the command and
/// the gateway alone.
/// </summary>
/// <param name="Client">The end that connected: the command's, or a visitor's.</param>
/// <param name="Server">Where it connected to.</param>
public readonly record struct PathNote(Endpoint Client, Endpoint Server)
{
    /// <summary>When the connection began, in nanoseconds since the epoch.</summary>
    public required long BeganAt { get; init; }

    /// <summary>The smoothed round-trip time.</summary>
    public required TimeSpan RoundTrip { get; init; }

    /// <summary>The shortest round-trip time.</summary>
    public required TimeSpan LeastRoundTrip { get; init; }

    /// <summary>How many segments with data were sent, those sent again among them.</summary>
    public required long Sent { get; init; }

    /// <summary>How many segments were sent once more.</summary>
    public required long Retransmitted { get; init; }

    /// <summary>How many segments came out of order.</summary>
    public required long OutOfOrder { get; init; }
}
