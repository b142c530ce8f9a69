namespace Trama.Lab.Reenacting;

/// <summary>A conversation to be had again: two programs and what the path does to them.</summary>
public sealed record Scene
{
    /// <summary>The client.</summary>
    public required SceneSide Client { get; init; }

    /// <summary>The server.</summary>
    public required SceneSide Server { get; init; }

    /// <summary>Whether the server listens; else its host refuses.</summary>
    public bool Listens { get; init; } = true;

    /// <summary>The server's port.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>The way there and back, in nanoseconds.</summary>
    public long RoundTripNs { get; init; }

    /// <summary>By how much it varies each way, in nanoseconds.</summary>
    public long JitterNs { get; init; }

    /// <summary>The rate of the path in bits a second, each way; null for no limit.</summary>
    public long? BitsPerSecond { get; init; }

    /// <summary>What becomes of segments.</summary>
    public IReadOnlyList<SceneFate> Fates { get; init; } = [];

    /// <summary>What the path says of segments that it does not deliver.</summary>
    public IReadOnlyList<SceneError> Errors { get; init; } = [];

    /// <summary>The RSTs that the path makes.</summary>
    public IReadOnlyList<SceneReset> Resets { get; init; } = [];

    /// <summary>SYNs of clients who never go on; 40,000 at most.</summary>
    public IReadOnlyList<SceneKnock> Knocks { get; init; } = [];

    /// <summary>Whether the client is one of those that knock, and nothing else: then no program plays it.</summary>
    public bool OnlyKnocks { get; init; }

    /// <summary>How long after the client's first SYN the path ends, in nanoseconds; null for never.</summary>
    public long? CutNs { get; init; }

    /// <summary>The number that the client's connection has in the captures that are made, from 1.</summary>
    public long Number => 1 + Knocks.Where(knock => knock.AtNs < 0).Select(knock => knock.Client).Distinct().LongCount();

    /// <summary>How long to look after the connection was open, in nanoseconds; what is open then stays so.</summary>
    public long LengthNs { get; init; }
}
