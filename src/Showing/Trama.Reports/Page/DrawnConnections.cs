using Trama.Reports.Forms;
using Trama.Tracing;

namespace Trama.Reports.Page;

/// <summary>The connections that a page draws: as many as it has room for, and rather those on which something went wrong.</summary>
internal sealed class DrawnConnections
{
    private readonly List<(Connection Connection, int Weight)> _drawn = [];
    private long _segments;

    /// <summary>How many connections there are.</summary>
    public long Count { get; private set; }

    /// <summary>Those that are drawn, by their numbers.</summary>
    public IEnumerable<Connection> All => _drawn.Select(drawn => drawn.Connection).OrderBy(connection => connection.Id);

    /// <summary>A connection has ended.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="weight">How much went wrong on it; 0 for nothing.</param>
    public void Add(Connection connection, int weight)
    {
        Count++;
        while (!HasRoom)
        {
            int least = _drawn.FindLastIndex(other => other.Weight < weight);
            if (least < 0) return;
            _segments -= _drawn[least].Connection.Segments.Count;
            _drawn.RemoveAt(least);
        }

        _drawn.Add((connection, weight));
        _segments += connection.Segments.Count;
    }

    private bool HasRoom => _drawn.Count < FormBounds.Connections && _segments < FormBounds.PageSegments;
}
