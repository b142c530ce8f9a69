using System.Collections.Concurrent;
using System.Net;
using Trama.Peers.Transports;

namespace Trama.Replay.Serving;

/// <summary>The connections over which a server asks another one, by both ends: the client of a connection that it accepts may be one of
/// them, and then it asks itself. Each is noted before anything is said over it. Safe for threads.</summary>
internal sealed class RelayedEnds
{
    private readonly ConcurrentDictionary<(IPEndPoint, IPEndPoint), byte> _made = new();

    /// <summary>A connection was made.</summary>
    public void Add(EndPoint? own, EndPoint? to)
    {
        if (Ends(own, to) is { } ends) _made[ends] = 0;
    }

    /// <summary>A connection is over.</summary>
    public void Remove(EndPoint? own, EndPoint? to)
    {
        if (Ends(own, to) is { } ends) _made.TryRemove(ends, out _);
    }

    /// <summary>Whether a connection that was accepted was made here.</summary>
    /// <param name="client">Who connected.</param>
    /// <param name="at">Where.</param>
    public bool Include(EndPoint? client, EndPoint? at) => Ends(client, at) is { } ends && _made.ContainsKey(ends);

    private static (IPEndPoint, IPEndPoint)? Ends(EndPoint? one, EndPoint? other) =>
        one is IPEndPoint from && other is IPEndPoint to ? (from.Unmapped(), to.Unmapped()) : null;
}
