namespace Trama.Peers.Listening;

/// <summary>How connections are accepted, and when they come to their end.</summary>
internal sealed record ReceptionOptions
{
    /// <summary>How long a connection may be silent; <see cref="Timeout.InfiniteTimeSpan"/> means for ever.</summary>
    public required TimeSpan IdleLimit { get; init; }

    /// <summary>How long connections have to finish once they are asked to stop.</summary>
    public required TimeSpan StopDeadline { get; init; }

    /// <summary>The most bytes that all connections hold together; see <see cref="MemoryBudget"/>.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>Whether the first connection is the only one.</summary>
    public bool Once { get; init; }

    /// <summary>How many there are at a time, 1 or more; further ones wait in the system's queue.</summary>
    public int MaxConnections { get; init; } = int.MaxValue;

    /// <summary>How long to wait after each before the next is accepted.</summary>
    public TimeSpan Pause { get; init; }
}
