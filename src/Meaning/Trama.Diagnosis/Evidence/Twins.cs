using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>
/// Finds connections that a capture has twice under two addresses: on both sides of a device that translates addresses, or hands
/// connections on to other hosts without ending them. Bounded.
/// </summary>
internal sealed class Twins
{
    private const int MaxConnections = 1 << 16;

    /// <summary>A device passes a packet on within this.</summary>
    private const long PassedOnNs = 100 * Thresholds.Millisecond;

    private readonly Dictionary<(uint Start, Endpoint Kept), Connection> _seen = [];
    private readonly Dictionary<long, long> _copies = [];

    /// <summary>The numbers of connections that are copies, with those of their originals.</summary>
    public IReadOnlyDictionary<long, long> Copies => _copies;

    /// <summary>Whether a connection that ended is one seen before under another address.</summary>
    public bool IsCopy(Connection connection)
    {
        // A device may give one side other numbers, too: those of the other side are the same then.
        uint?[] starts = [connection.ToServer.InitialSequence, connection.ToClient.InitialSequence];
        foreach (uint? start in starts)
        {
            if (start is not { } known || Original(connection, known) is not { } original) continue;
            _copies[connection.Id] = original.Id;
            return true;
        }

        if (_seen.Count >= MaxConnections) _seen.Clear();
        foreach (uint? start in starts)
        {
            if (start is not { } known) continue;
            _seen[(known, connection.Server)] = _seen[(known, connection.Client)] = connection;
        }

        return false;
    }

    private Connection? Original(Connection connection, uint start)
    {
        if (_seen.TryGetValue((start, connection.Server), out Connection? before)
            && IsSame(before, connection, before.Client.Address, connection.Client.Address)) return before;
        return _seen.TryGetValue((start, connection.Client), out before)
            && IsSame(before, connection, before.Server.Address, connection.Server.Address) ? before : null;
    }

    // One end is the same, the other one has another address; a side said as much, from the same moment on. The device may have thrown
    // away what the other said, or made up an end.
    private static bool IsSame(Connection one, Connection other, IpAddress rewritten, IpAddress address) =>
        rewritten != address && Math.Abs(one.OpenedAt - other.OpenedAt) < PassedOnNs && MayBePassedOn(one, other)
        && (SaysAsMuch(one.ToServer, other.ToServer) || SaysAsMuch(one.ToClient, other.ToClient)
            || (IsSilent(one) && IsSilent(other)));

    private static bool SaysAsMuch(StreamCounters one, StreamCounters other) =>
        one.StreamBytes > 0 && one.StreamBytes == other.StreamBytes;

    private static bool IsSilent(Connection connection) => connection.ToServer.StreamBytes + connection.ToClient.StreamBytes == 0;

    // The device passes the SYN on before anybody can answer it. Made-up connections with the same numbers stand one after the other.
    private static bool MayBePassedOn(Connection one, Connection other)
    {
        (Connection first, Connection second) = one.OpenedAt <= other.OpenedAt ? (one, other) : (other, one);
        return first.HandshakeNs is not { } handshakeNs || second.OpenedAt - first.OpenedAt <= handshakeNs;
    }
}
