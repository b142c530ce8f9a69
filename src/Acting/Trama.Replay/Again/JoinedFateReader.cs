using Trama.Lab.Reenacting;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>
/// Reads from captures at both hosts what the path did to segments: which transmission of which place set out at one and arrived at the
/// other, and which overtook which. Nothing of it is guessed but which of several transmissions an arrival is, where their packets have no
/// numbers.
/// </summary>
internal static class JoinedFateReader
{
    // What the devices of both hosts need to hand a segment over, beyond the shortest way that was seen.
    private const long SlackNs = 500_000;

    /// <summary>The fates, by stream and place.</summary>
    public static List<SceneFate> Read(SeenConnection atClient, SeenConnection atServer)
    {
        List<SceneFate> fates = [];
        long roundTripNs = PathGuess.Of(atClient).RoundTripNs;
        Read(atClient, atServer, Side.Client, roundTripNs, fates);
        Read(atServer, atClient, Side.Server, roundTripNs, fates);
        return fates;
    }

    private static void Read(SeenConnection atSender, SeenConnection atReceiver, Side from, long roundTripNs, List<SceneFate> fates)
    {
        List<TracedSegment> sent = Carrying(atSender, from), arrived = Carrying(atReceiver, from);
        if (sent.Count == 0) return;
        // Both clocks differ by what nobody knows; the shortest way counts as none.
        long shortest = Shortest(sent, arrived);
        long until = atReceiver.Segments.Count > 0 ? atReceiver.Segments[^1].At.Nanoseconds - shortest : long.MinValue;
        ILookup<long, TracedSegment> arrivals = arrived.ToLookup(Place);
        long[] starts = [.. arrived.Select(Place).Distinct().Order()];
        long[] ends = [.. starts.Select(start => arrivals[start].Max(End))];
        long lastHeardAt = atSender.Segments.LastOrDefault(segment => segment.From != from).At.Nanoseconds;
        var order = new ArrivalOrder(arrived, sent, shortest);
        foreach (IGrouping<long, TracedSegment> sending in sent.GroupBy(Place).OrderBy(group => group.Key))
        {
            // Devices join segments and part them: what carries the place may begin before it, or behind it.
            TracedSegment[] transmissions = [.. sending], there = Carrier(sending.Key, transmissions.Max(End), starts, ends, arrivals);
            // A SYN that came and that its host never answered met a filter there, behind the capture.
            bool isFiltered = sending.Key == SceneFate.Syn && !atReceiver.Segments.Any(segment => segment.From != from);
            if (there.Length == 0 || isFiltered)
            {
                // What was sent once, after the other capture ended, may have arrived.
                if (transmissions.Length == 1 && transmissions[0].At.Nanoseconds > until) continue;
                fates.Add(new SceneFate(from == Side.Client, sending.Key, SceneFate.All)
                {
                    EndsPath = sending.Key != SceneFate.Syn && lastHeardAt <= transmissions[0].At.Nanoseconds + roundTripNs,
                });
                continue;
            }

            int first = Which(transmissions, there[0], shortest);
            long copy = there.Length > 1 && there[1].IpIdentification == there[0].IpIdentification && there[0].IpIdentification != 0
                ? Math.Max(1, there[1].At.Nanoseconds - there[0].At.Nanoseconds) : 0;
            long hold = order.OvertakenBy(transmissions[first], there[0]);
            if (first == 0 && copy == 0 && hold == 0) continue;
            fates.Add(new SceneFate(from == Side.Client, sending.Key, first, hold) { CopyAfterNs = copy });
        }
    }

    private static TracedSegment[] Carrier(
        long place, long end, long[] starts, long[] ends, ILookup<long, TracedSegment> arrivals)
    {
        int at = Array.BinarySearch(starts, place);
        if (at < 0)
        {
            at = ~at;
            if (at > 0 && ends[at - 1] > place) at--;
            else if (at == starts.Length || starts[at] >= end) return [];
        }

        return [.. arrivals[starts[at]]];
    }

    // The transmission that an arrival is: the one of its packet's number, else the last that can have been there by then.
    private static int Which(TracedSegment[] transmissions, TracedSegment arrival, long shortest)
    {
        int same = arrival.IpIdentification == 0 ? -1
            : Array.FindIndex(transmissions, segment => segment.IpIdentification == arrival.IpIdentification);
        if (same >= 0) return same;
        int last = Array.FindLastIndex(transmissions,
            segment => segment.At.Nanoseconds + shortest <= arrival.At.Nanoseconds + SlackNs);
        return Math.Max(last, 0);
    }

    private static long Shortest(List<TracedSegment> sent, List<TracedSegment> arrived)
    {
        Dictionary<long, long> first = [];
        foreach (TracedSegment segment in sent) first.TryAdd(Place(segment), segment.At.Nanoseconds);
        long shortest = long.MaxValue;
        foreach (TracedSegment segment in arrived)
            if (first.TryGetValue(Place(segment), out long at)) shortest = Math.Min(shortest, segment.At.Nanoseconds - at);
        return shortest == long.MaxValue ? 0 : shortest;
    }

    private static List<TracedSegment> Carrying(SeenConnection seen, Side from) => [.. seen.Segments.Where(segment => segment.From == from
        && (segment.Length > 0 || (segment.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0)
        && (segment.Marks & (SegmentMarks.ZeroWindowProbe | SegmentMarks.KeepAlive)) == 0)];

    private static long Place(TracedSegment segment) =>
        (segment.Flags & TcpFlags.Syn) != 0 ? SceneFate.Syn : (int)segment.Sequence - 1;

    private static long End(TracedSegment segment) => Place(segment) + Math.Max(segment.Length, 1);

    /// <summary>Who overtook whom.</summary>
    private sealed class ArrivalOrder
    {
        private readonly long _shortest;
        private readonly Dictionary<long, long> _sentAt = [];
        private readonly List<(long ArrivedAt, long Newest)> _newest = [];

        public ArrivalOrder(List<TracedSegment> arrived, List<TracedSegment> sent, long shortest)
        {
            _shortest = shortest;
            foreach (TracedSegment segment in sent) _sentAt[Place(segment)] = segment.At.Nanoseconds;
            long newest = long.MinValue;
            foreach (TracedSegment segment in arrived)
            {
                if (_sentAt.TryGetValue(Place(segment), out long at)) newest = Math.Max(newest, at);
                _newest.Add((segment.At.Nanoseconds, newest));
            }
        }

        /// <summary>How much longer a segment took than the shortest way, where one that set out later was there before it; else 0.
        /// </summary>
        public long OvertakenBy(TracedSegment sent, TracedSegment arrival)
        {
            int at = _newest.BinarySearch((arrival.At.Nanoseconds, long.MinValue));
            at = (at < 0 ? ~at : at) - 1;
            if (at < 0 || _newest[at].Newest <= sent.At.Nanoseconds) return 0;
            return Math.Max(1, arrival.At.Nanoseconds - sent.At.Nanoseconds - _shortest);
        }
    }
}
