using System.Net;
using Trama.Packets;

namespace Trama.Cli.Relaying;

/// <summary>One entry of a <see cref="RelayJournal"/>.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Connection">The number of the connection.</param>
/// <param name="ByClient">Whether the client did it, rather than the target.</param>
/// <param name="Peer">The endpoint that became known.</param>
internal readonly record struct RelayEvent(RelayEventKind Kind, long Connection, bool ByClient = false, IPEndPoint? Peer = null)
{
    /// <summary>When the journal got it.</summary>
    public Timestamp At { get; init; }

    /// <summary>For a target that was reached: the round trip to the client.</summary>
    public TimeSpan ClientRoundTrip { get; init; }

    /// <summary>For a target that was reached: the round trip to it.</summary>
    public TimeSpan TargetRoundTrip { get; init; }

    /// <summary>How many bytes belong to it.</summary>
    public int Length { get; init; }
}
