using Trama.Replay.Recording;

namespace Trama.Replay.Serving;

/// <summary>How a recorded server is played.</summary>
public sealed record ReplayServerOptions
{
    /// <summary>The connections of the server.</summary>
    public required IReadOnlyList<RecordedConnection> Connections { get; init; }

    /// <summary>By what a request is told to be a recorded one.</summary>
    public MatchRule Match { get; init; }

    /// <summary>How fast the server's own time passes.</summary>
    public Pace Pace { get; init; } = Pace.Recorded;

    /// <summary>What is done about a request that was not recorded.</summary>
    public UnknownPolicy Unknown { get; init; } = new UnknownPolicy.Nearest();

    /// <summary>Hears of requests that were not recorded; from the threads that serve connections.</summary>
    public Action<UnknownRequest> Told { get; init; } = _ => { };

    /// <summary>The most bytes of one message of a client.</summary>
    public long MessageLimit { get; init; } = 16 << 20;
}
