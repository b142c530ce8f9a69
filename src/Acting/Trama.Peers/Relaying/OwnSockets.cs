using System.Collections.Concurrent;
using System.Net;

namespace Trama.Peers.Relaying;

/// <summary>
/// Finds out when a relay has connected to itself: the client of a connection that it accepted is then the own end of one that it made.
/// Which of the two it learns of first is not said. Safe for threads.
/// </summary>
internal sealed class OwnSockets
{
    private readonly ConcurrentDictionary<IPEndPoint, RelayConnection> _accepted = new();
    private readonly ConcurrentDictionary<IPEndPoint, RelayConnection> _made = new();

    /// <summary>A connection was accepted from there.</summary>
    /// <returns>Whether that is an end of our own.</returns>
    public bool IsLoopOfAccepted(IPEndPoint client, RelayConnection connection)
    {
        _accepted[client] = connection;
        return _made.ContainsKey(client);
    }

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

    /// <summary>A connection that was made is over.</summary>
    public void ForgetMade(IPEndPoint own, RelayConnection connection) => _made.TryRemove(KeyValuePair.Create(own, connection));
}
