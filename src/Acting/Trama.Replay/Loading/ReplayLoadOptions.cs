using Trama.Replay.Recording;
using Trama.Replay.Sending;

namespace Trama.Replay.Loading;

/// <summary>How all recorded clients are played together.</summary>
public sealed record ReplayLoadOptions
{
    /// <summary>The recorded connections, at least one.</summary>
    public required IReadOnlyList<RecordedConnection> Connections { get; init; }

    /// <summary>How each is played; who hears of exchanges is the load.</summary>
    public required ReplayClientOptions Client { get; init; }

    /// <summary>How many clients come in the place of a recorded one; more than 0.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>How long clients come, the recording over and over; null for the recording once.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The most connections at a time; clients that come while there are as many are left out, and counted.</summary>
    public int Most { get; init; } = int.MaxValue;
}
