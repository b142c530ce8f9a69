using System.Net;
using Trama.Packets;
using Trama.Peers.Relaying;

namespace Trama.Cli.Commands.Relaying;

/// <summary>One entry of a <see cref="RelayJournal"/>.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Connection">To which connection.</param>
/// <param name="ByClient">Whether the client did it, rather than the target.</param>
/// <param name="Peer">The target that was tried in vain.</param>
internal readonly record struct RelayEvent(RelayEventKind Kind, RelayConnection Connection, bool ByClient = false, IPEndPoint? Peer = null)
{
    /// <summary>When the journal got it.</summary>
    public Timestamp At { get; init; }

    /// <summary>How many bytes belong to it.</summary>
    public int Length { get; init; }
}
