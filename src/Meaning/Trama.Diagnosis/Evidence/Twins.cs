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

    // One end is the same, the other one has another address; both sides said as much, from the same moment on.
    private static bool IsSame(Connection one, Connection other, IpAddress rewritten, IpAddress address) =>
        rewritten != address && Math.Abs(one.OpenedAt - other.OpenedAt) < PassedOnNs
        && one.ToServer.StreamBytes == other.ToServer.StreamBytes && one.ToClient.StreamBytes == other.ToClient.StreamBytes;
}
