using Trama.Peers.Sending;

namespace Trama.Replay.Sending;

/// <summary>How recorded clients are played.</summary>
public sealed record ReplayClientOptions
{
    /// <summary>Where to connect, and how long to wait for replies.</summary>
    public required ClientOptions Target { get; init; }

    /// <summary>How fast the clients' own time passes.</summary>
    public Pace Pace { get; init; } = Pace.Recorded;

    /// <summary>What is changed in requests.</summary>
    public RequestEdits Edits { get; init; } = new();

    /// <summary>Whether replies are kept and compared; else only how they end, and when.</summary>
    public bool Compares { get; init; } = true;

    /// <summary>Hears how long after it was due each message was said.</summary>
    public Action<TimeSpan> Said { get; init; } = _ => { };

    /// <summary>Hears of each exchange once it is over.</summary>
    public Action<PlayedExchange> Told { get; init; } = _ => { };
}
