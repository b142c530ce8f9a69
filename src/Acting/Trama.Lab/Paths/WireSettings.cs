namespace Trama.Lab.Paths;

/// <summary>How long packets are on their way, and how many routers they pass.</summary>
internal sealed record WireSettings
{
    /// <summary>The way there and back, in nanoseconds; each way takes half of it.</summary>
    public long RoundTrip { get; init; }

    /// <summary>By how much the delay of a packet varies, in nanoseconds; packets do not overtake each other for it.</summary>
    public long Jitter { get; init; }

    /// <summary>The server's port: obstacles meet, and tallies count, its connections alone.</summary>
    public int ServerPort { get; init; }

    /// <summary>The number of routers, by which the time to live is lowered.</summary>
    public int Hops { get; init; }

    /// <summary>The seed of the jitter.</summary>
    public int Seed { get; init; }
}
