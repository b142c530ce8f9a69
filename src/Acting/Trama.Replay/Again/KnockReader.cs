using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>Notes which clients of a capture sent their SYN in vain, for ever or for a while.</summary>
internal sealed class KnockReader
{
    /// <summary>How many are noted; more make no other scene.</summary>
    public const int Most = 4096;

    // Who was let in after so many in vain was kept waiting by the server; after one, a packet may have been lost.
    private const int LeastInVain = 2;

    // How often Linux repeats a SYN.
    private const int MostTimes = 8;

    private readonly Dictionary<long, SeenKnock> _open = [];
    private readonly List<SeenKnock> _over = [];

    /// <summary>A segment of any connection.</summary>
    public void Take(Connection connection, in TracedSegment segment)
    {
        bool isSyn = (segment.Flags & TcpFlags.Syn) != 0;
        if (segment.From == Side.Client && !isSyn) GoOn(connection);
        else if (isSyn && segment.From == Side.Server && _open.TryGetValue(connection.Id, out SeenKnock? answered))
        {
            if (!answered.IsAnswered) answered.InVain = answered.At.Count - 1;
            answered.IsAnswered = true;
        }
        // A server that refuses has answered, and nobody waits.
        else if (segment.From == Side.Server && (segment.Flags & TcpFlags.Rst) != 0) _open.Remove(connection.Id);
        else if (isSyn && segment.From == Side.Client) Knock(connection, segment);
    }

    /// <summary>A connection is over.</summary>
    public void End(Connection connection)
    {
        if (_open.Remove(connection.Id, out SeenKnock? knock)) _over.Add(knock);
    }

    /// <summary>Those at the server of a connection.</summary>
    public IReadOnlyList<SeenKnock> With(Connection connection) => [.. _over.Where(knock => knock.Server == connection.Server)];

    private void GoOn(Connection connection)
    {
        if (!_open.Remove(connection.Id, out SeenKnock? knock) || knock.InVain < LeastInVain) return;
        knock.At.RemoveRange(knock.InVain, knock.At.Count - knock.InVain);
        (knock.IsAnswered, knock.WentOn) = (false, true);
        _over.Add(knock);
    }

    private void Knock(Connection connection, in TracedSegment segment)
    {
        if (!_open.TryGetValue(connection.Id, out SeenKnock? knock))
        {
            if (_open.Count + _over.Count >= Most) return;
            _open.Add(connection.Id, knock = new SeenKnock(connection.Id, connection.Client, connection.Server));
        }

        if (knock.At.Count < MostTimes) knock.At.Add(segment.At);
    }
}
