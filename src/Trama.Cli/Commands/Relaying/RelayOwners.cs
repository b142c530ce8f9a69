using System.Net;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Peers.Relaying;
using Trama.Processes.Owning;
using Trama.Processes.Sockets;
using Trama.Tracing;

namespace Trama.Cli.Commands.Relaying;

/// <summary>
/// Whose the relayed connections are, of those whose client or target runs on this machine. A relayed connection is two: the client's
/// process has the one that was accepted, the target's the one that was made. For one thread at a time.
/// </summary>
internal sealed class RelayOwners : IPacketOwners, IDisposable
{
    private readonly OwnerFinder _finder;
    private readonly Dictionary<RelayConnection, (OwnedConnection Accepted, List<(Endpoint, Endpoint)> Told)> _connections = [];
    private readonly Dictionary<(Endpoint Client, Endpoint Target), Func<Side, SideProcess?>> _told = [];

    private RelayOwners(OwnerFinder finder) => _finder = finder;

    /// <summary>Begins, with root's rights where there are any; null where the system does not tell of sockets.</summary>
    public static RelayOwners? Open()
    {
        using Privileges.Raised rights = Privileges.Raise();
        ISocketHolderSource holders = HolderService.Start();
        try
        {
            return new RelayOwners(new OwnerFinder(holders, watch: null));
        }
        catch (SocketTableException)
        {
            holders.Dispose();
            return null;
        }
    }

    /// <summary>A client has connected.</summary>
    public void Accept(RelayConnection connection, Timestamp at)
    {
        (IPEndPoint from, IPEndPoint own) = connection.Accepted;
        _connections[connection] = (Follow(connection, from, own, at, FollowedSides.Client), []);
    }

    /// <summary>A connection is to be told as one from its client to a target.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="client">The client as it is told.</param>
    /// <param name="target">The target as it is told.</param>
    /// <param name="at">When the target was reached; null when it was tried in vain.</param>
    public void Tell(RelayConnection connection, Endpoint client, Endpoint target, Timestamp? at)
    {
        // Whoever a proxy speaks for is not who connected.
        if (!_connections.TryGetValue(connection, out (OwnedConnection Accepted, List<(Endpoint, Endpoint)> Told) known)) return;
        OwnedConnection? accepted = connection.Client.Equals(connection.Accepted.From) ? known.Accepted : null;
        OwnedConnection? made = at is { } reachedAt && connection is { Own: { } own, Target: { } to }
            ? Follow(connection, own, to, reachedAt, FollowedSides.Server) : null;
        known.Told.Add((client, target));
        _told[(client, target)] = side => SideProcesses.Of(side == Side.Client ? accepted?.ClientOwner : made?.ServerOwner);
    }

    /// <summary>A connection is over.</summary>
    public void Forget(RelayConnection connection)
    {
        if (!_connections.Remove(connection, out (OwnedConnection Accepted, List<(Endpoint, Endpoint)> Told) known)) return;
        foreach ((Endpoint, Endpoint) ends in known.Told) _told.Remove(ends);
    }

    /// <inheritdoc/>
    public Func<Side, SideProcess?>? Begin(in TcpSegment first, bool isFromClient) => OfConnection(first);

    /// <inheritdoc/>
    public Func<Side, SideProcess?>? OfConnection(in TcpSegment segment) => _told.GetValueOrDefault((segment.Source, segment.Destination))
        ?? _told.GetValueOrDefault((segment.Destination, segment.Source));

    /// <summary>Whether a client sent a segment.</summary>
    public bool IsFromClient(in TcpSegment segment) => _told.ContainsKey((segment.Source, segment.Destination));

    /// <inheritdoc/>
    public void Dispose() => _finder.Dispose();

    // Each has a number of its own: a connection between the same ends is another one.
    private OwnedConnection Follow(RelayConnection connection, IPEndPoint client, IPEndPoint server, Timestamp at, FollowedSides sides) =>
        _finder.Follow(client, server, at.Nanoseconds, (uint)connection.Id, atOnce: false, sides);
}
