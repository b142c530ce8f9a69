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

    /// <summary>How many connections may be open or made ready at a time unless something else is asked for.</summary>
    public const int UsualMost = 10_000;

    /// <summary>The most connections that are open or made ready at a time; clients that come while there are as many are left out, and
    /// counted.</summary>
    public int Most { get; init; } = UsualMost;

    /// <summary>Whether a connection is made ready before it is due; then whether one is left out is known so long before.</summary>
    public bool IsAhead { get; init; } = true;
}
