using Trama.Packets;
using Trama.Tracing;
using Trama.Tracing.Keeping;

namespace Trama.Reports.Browsing;

/// <summary>The rows of a capture: one thread adds, others read.</summary>
internal sealed class BrowsedRows(BrowsingLimits limits)
{
    private readonly KeptRows<BrowsedConnection?> _connections = new(limits.Connections);
    private readonly KeptRows<int> _packets = new(limits.Packets);

    /// <summary>The exchanges.</summary>
    public ExchangeTable Exchanges { get; } = new(limits.Exchanges);

    /// <summary>When segments were sent again, and of which connection.</summary>
    public KeptRows<(Timestamp At, long Connection)> Retransmissions { get; } = new(limits.Retransmissions);

    /// <summary>The number after that of the newest connection.</summary>
    public long ConnectionEnd => _connections.End;

    /// <summary>A connection; null when it is not kept.</summary>
    public BrowsedConnection? Connection(long id) => _connections.TryGet(id, out BrowsedConnection? found) ? found : null;

    /// <summary>All connections that are kept, in the order of their numbers.</summary>
    public IEnumerable<BrowsedConnection> Connections()
    {
        for (long id = Math.Max(1, _connections.First); id < _connections.End; id++)
            if (Connection(id) is { } connection) yield return connection;
    }

    /// <summary>A connection was seen.</summary>
    public BrowsedConnection Add(Connection connection)
    {
        if (Connection(connection.Id) is { } known) return known;
        var added = new BrowsedConnection(connection);
        _connections.Set(connection.Id, added);
        return added;
    }

    /// <summary>A packet is one of a connection's.</summary>
    public void Note(long packet, long connection) => _packets.Set(packet, (int)connection);

    /// <summary>The number of the connection of a packet; 0 for none.</summary>
    public long ConnectionOf(long packet) => _packets.TryGet(packet, out int connection) ? connection : 0;

    /// <summary>The numbers of a connection's packets; those alone that are known.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="most">How many at most.</param>
    public List<long> PacketsOf(BrowsedConnection connection, int most)
    {
        var found = new List<long>();
        int wanted = (int)connection.Connection.Id;
        long end = Math.Min(connection.LastPacket + 1, _packets.End), number = Math.Max(connection.FirstPacket, _packets.First);
        while (number < end && found.Count < most)
        {
            long first = number - number % KeptRows<int>.PerBlock, last = Math.Min(end, first + KeptRows<int>.PerBlock);
            ReadOnlySpan<int> block = _packets.Block(first);
            if (block.IsEmpty) break;
            ReadOnlySpan<int> rest = block[(int)(number - first)..(int)(last - first)];
            for (int at; found.Count < most && (at = rest.IndexOf(wanted)) >= 0; rest = rest[(at + 1)..])
            {
                found.Add(number += at);
                number++;
            }

            number = last;
        }

        return found;
    }
}
