using System.Collections.Concurrent;
using System.Net;

namespace Trama.Peers.Relaying;

/// <summary>
/// Finds out when a relay has connected to itself: the client of a connection that it accepted is then the own end of one that it made.
/// Which of the two it learns of first is not said, so whoever connects to the own port tells from where before it does. Safe for threads.
/// </summary>
internal sealed class OwnSockets
{
    private readonly ConcurrentDictionary<IPEndPoint, RelayConnection> _accepted = new();
    private readonly ConcurrentDictionary<IPEndPoint, RelayConnection> _made = new();
    private readonly ConcurrentDictionary<int, RelayConnection> _opening = new();

    /// <summary>A connection was accepted from there, at that address.</summary>
    /// <returns>Whether that is an end of our own.</returns>
    public bool IsLoopOfAccepted(IPEndPoint client, IPAddress at, RelayConnection connection)
    {
        _accepted[client] = connection;
        // From and to one address is this machine, where nobody else has a port that one of our sockets holds.
        return _made.ContainsKey(client) || (client.Address.Equals(at) && _opening.ContainsKey(client.Port));
    }

    /// <summary>A connection is about to be made from that port of this machine, with an address that is not known yet.</summary>
    public void Opening(int port, RelayConnection connection) => _opening[port] = connection;

    /// <summary>A connection was made from there.</summary>
    /// <returns>The connection that was accepted at its other end; null when somebody else did.</returns>
    public RelayConnection? LoopOfMade(IPEndPoint own, RelayConnection connection)
    {
        _made[own] = connection;
        return _accepted.GetValueOrDefault(own);
    }

    /// <summary>A connection that was accepted is over.</summary>
    public void ForgetAccepted(IPEndPoint client, RelayConnection connection) =>
        _accepted.TryRemove(KeyValuePair.Create(client, connection));

    /// <summary>An attempt to make a connection from that port is over.</summary>
    public void ForgetOpening(int port, RelayConnection connection) => _opening.TryRemove(KeyValuePair.Create(port, connection));

    /// <summary>A connection that was made is over.</summary>
    public void ForgetMade(IPEndPoint own, RelayConnection connection) => _made.TryRemove(KeyValuePair.Create(own, connection));
}
