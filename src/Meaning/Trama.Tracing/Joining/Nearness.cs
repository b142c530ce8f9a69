using Trama.Packets;

namespace Trama.Tracing.Joining;

/// <summary>Collects packets that both captures have of one connection, and tells which capture is nearer to its client.</summary>
internal sealed class Nearness
{
    private const int MaxPacketsOfSide = 1 << 11;

    private readonly List<(Side From, Timestamp First, Timestamp Second)> _packets = [];
    private int _routers;
    private bool? _isNear;
    private bool _isNearKnown;

    /// <summary>The packets, a few thousand at most.</summary>
    public IReadOnlyList<(Side From, Timestamp First, Timestamp Second)> Packets => _packets;

    /// <summary>
    /// Compares the packets of a connection. Of several that look the same the first of each capture counts: it cannot have
    /// arrived before the first of them left.
    /// </summary>
    public static Nearness Of(ConnectionPair pair, JoiningTables tables)
    {
        var nearness = new Nearness();
        pair.First.CopySegments(tables.First);
        pair.Second.CopySegments(tables.Second);
        foreach (Side side in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            nearness.Compare(side, new VantageSegments(pair.First, tables.First, side, pair, at => at),
                new VantageSegments(pair.Second, tables.Second, side, pair, at => at), tables.Seen);
        }

        return nearness;
    }

    /// <summary>Whether there are routers between the two.</summary>
    public bool PassesRouters => _routers != 0;

    /// <summary>Whether the first capture is nearer to the client; null when neither routers nor times tell.</summary>
    public bool? FirstIsNearClient()
    {
        if (!_isNearKnown) (_isNear, _isNearKnown) = (Compare(), true);
        return _isNear;
    }

    private bool? Compare()
    {
        // Each router on the way takes one from the TTL.
        if (_routers != 0) return _routers > 0;
        long[] fromClient = Differences(Side.Client), fromServer = Differences(Side.Server);
        if (fromClient.Length == 0 || fromServer.Length == 0) return null;
        // However the clocks stand: what the first has early and what it has late differ by the round trip between the two.
        long roundTrip = fromClient[fromClient.Length / 2] - fromServer[fromServer.Length / 2];
        return roundTrip == 0 ? null : roundTrip > 0;
    }

    private void Compare(Side side, VantageSegments first, VantageSegments second, HashSet<SegmentIdentity> seen)
    {
        // A part of them, but from all of the time.
        int every = 1 + second.Count / MaxPacketsOfSide;
        seen.Clear();
        var places = new Dictionary<SegmentIdentity, int>();
        var seconds = new List<int>();
        for (int number = 0; number < second.Count; number++)
        {
            SegmentIdentity identity = second.IdentityOf(number);
            if (!seen.Add(identity) || (seen.Count - 1) % every != 0) continue;
            places[identity] = seconds.Count;
            seconds.Add(number);
        }

        int[] firsts = new int[seconds.Count];
        Array.Fill(firsts, -1);
        for (int number = first.Count - 1; number >= 0; number--)
            if (places.TryGetValue(first.IdentityOf(number), out int place)) firsts[place] = number;
        for (int place = 0; place < firsts.Length; place++)
            if (firsts[place] >= 0) Add(side, first[firsts[place]], second[seconds[place]]);
    }

    private void Add(Side from, in TracedSegment first, in TracedSegment second)
    {
        _packets.Add((from, first.At, second.At));
        int passed = Math.Sign(first.TimeToLive - second.TimeToLive);
        _routers += from == Side.Client ? passed : -passed;
    }

    private long[] Differences(Side from)
    {
        long[] differences = [.. _packets.Where(packet => packet.From == from).Select(packet => packet.Second - packet.First)];
        Array.Sort(differences);
        return differences;
    }
}
