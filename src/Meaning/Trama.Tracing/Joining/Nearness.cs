using Trama.Packets;

namespace Trama.Tracing.Joining;

/// <summary>Collects packets that both captures have of one connection, and tells which capture is nearer to its client.</summary>
internal sealed class Nearness
{
    private const int MaxPacketsOfSide = 1 << 11;

    private readonly List<(Side From, Timestamp First, Timestamp Second)> _packets = [];
    private int _routers;

    /// <summary>The packets, a few thousand at most.</summary>
    public IReadOnlyList<(Side From, Timestamp First, Timestamp Second)> Packets => _packets;

    /// <summary>
    /// Compares the packets of a connection. Of several that look the same the first of each capture counts: it cannot have
    /// arrived before the first of them left.
    /// </summary>
    public static Nearness Of(ConnectionPair pair)
    {
        var nearness = new Nearness();
        foreach (Side side in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            var first = new VantageSegments(pair.First, side, pair, at => at);
            var second = new VantageSegments(pair.Second, side, pair, at => at);
            Dictionary<SegmentIdentity, List<int>> firsts = first.ByIdentity();
            // A part of them, but from all of the time.
            int passed = 0, every = 1 + second.Count / MaxPacketsOfSide;
            foreach ((SegmentIdentity identity, List<int> numbers) in second.ByIdentity())
            {
                if (passed++ % every == 0 && firsts.TryGetValue(identity, out List<int>? others))
                    nearness.Add(side, first[others[0]], second[numbers[0]]);
            }
        }

        return nearness;
    }

    /// <summary>Whether there are routers between the two.</summary>
    public bool PassesRouters => _routers != 0;

    /// <summary>Whether the first capture is nearer to the client; null when neither routers nor times tell.</summary>
    public bool? FirstIsNearClient()
    {
        // Each router on the way takes one from the TTL.
        if (_routers != 0) return _routers > 0;
        long[] fromClient = Differences(Side.Client), fromServer = Differences(Side.Server);
        if (fromClient.Length == 0 || fromServer.Length == 0) return null;
        // However the clocks stand: what the first has early and what it has late differ by the round trip between the two.
        long roundTrip = fromClient[fromClient.Length / 2] - fromServer[fromServer.Length / 2];
        return roundTrip == 0 ? null : roundTrip > 0;
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
