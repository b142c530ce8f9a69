using System.Collections.Concurrent;
using System.Net;

namespace Trama.Peers.Relaying;

/// <summary>
/// Finds out when a relay has connected to itself: the client of a connection that it accepted is then the own end of one that it made.
/// Which of the two it learns of first is not said, so whoever connects to the own port tells from where before it does. One end alone
/// tells nothing: a system gives the same port to a client of the relay and to the relay that connects elsewhere. Safe for threads.
/// </summary>
internal sealed class OwnSockets
{
    // By both ends, of who connects first.
    private readonly ConcurrentDictionary<(IPEndPoint, IPEndPoint), RelayConnection> _accepted = new();
    private readonly ConcurrentDictionary<(IPEndPoint, IPEndPoint), RelayConnection> _made = new();
    private readonly ConcurrentDictionary<int, RelayConnection> _opening = new();

    /// <summary>A connection was accepted.</summary>
    /// <param name="client">Who connected.</param>
    /// <param name="at">Where.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>Whether it was made here.</returns>
    public bool IsLoopOfAccepted(IPEndPoint client, IPEndPoint at, RelayConnection connection)
    {
        _accepted[(client, at)] = connection;
        // From and to one address is this machine, where nobody else has a port that one of our sockets holds.
        return _made.ContainsKey((client, at)) || (client.Address.Equals(at.Address) && _opening.ContainsKey(client.Port));
    }

    /// <summary>A connection is about to be made from that port of this machine, with an address that is not known yet.</summary>
    public void Opening(int port, RelayConnection connection) => _opening[port] = connection;

    /// <summary>A connection was made.</summary>
    /// <param name="own">From where.</param>
    /// <param name="to">Whom to.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>The connection that was accepted at its other end; null when somebody else did.</returns>
    public RelayConnection? LoopOfMade(IPEndPoint own, IPEndPoint to, RelayConnection connection)
    {
        _made[(own, to)] = connection;
        return _accepted.GetValueOrDefault((own, to));
    }

    /// <summary>A connection that was accepted is over.</summary>
    public void ForgetAccepted(IPEndPoint client, IPEndPoint at, RelayConnection connection) =>
        _accepted.TryRemove(KeyValuePair.Create((client, at), connection));

    /// <summary>An attempt to make a connection from that port is over.</summary>
    public void ForgetOpening(int port, RelayConnection connection) => _opening.TryRemove(KeyValuePair.Create(port, connection));

    /// <summary>A connection that was made is over.</summary>
    public void ForgetMade(IPEndPoint own, IPEndPoint to, RelayConnection connection) =>
        _made.TryRemove(KeyValuePair.Create((own, to), connection));
}
