using Trama.Packets;
using Trama.Packets.Transport;

namespace Trama.Tracing.Joining;

/// <summary>
/// Finds which segment of one direction, seen nearer to its sender, is which of those seen nearer to its receiver: first by what
/// a segment keeps on its way and a retransmission does not, then by the bytes, since devices cut and join segments.
/// </summary>
/// <param name="left">What left.</param>
/// <param name="arrived">What arrived.</param>
/// <param name="leastDelayNs">The shortest time on the way, in nanoseconds.</param>
/// <param name="tables">Used meanwhile.</param>
internal sealed class SegmentMatcher(VantageSegments left, VantageSegments arrived, long leastDelayNs, JoiningTables tables)
{
    // No segment is longer, headers apart (RFC 791 section 3.1); offloading devices hand on up to so much at a time.
    private const int LongestSegment = 1 << 16;

    private readonly int[] _arrivedAs = Unmatched(left.Count);
    private readonly int[] _leftAs = Unmatched(arrived.Count);
    private readonly HashSet<int> _copies = [];

    /// <summary>The arrivals that are one more copy of what had arrived.</summary>
    public IReadOnlySet<int> Copies => _copies;

    /// <summary>For each arrival, which departure it is; -1 for none.</summary>
    public ReadOnlySpan<int> LeftAs => _leftAs;

    /// <summary>For each departure, an arrival of it; -1 for none.</summary>
    public ReadOnlySpan<int> ArrivedAs => _arrivedAs;

    /// <summary>Matches what can be matched.</summary>
    public void Match()
    {
        if (left.Count == 0 || arrived.Count == 0) return;
        int matched = MatchIdentities();
        MatchBytes();
        // A device that rewrites identifications or clocks leaves little else to compare.
        if (matched * 2 < Math.Min(left.Count, arrived.Count)) MatchNumbers();
    }

    private int MatchIdentities()
    {
        left.Fill(tables.Departures);
        arrived.Fill(tables.Arrivals);
        int matched = 0;
        foreach ((SegmentIdentity identity, Occurrences same) in tables.Arrivals)
        {
            if (!tables.Departures.TryGetValue(identity, out Occurrences candidates)) continue;
            if (!same.AreSeveral && !candidates.AreSeveral)
            {
                Pair(candidates.First, same.First);
                matched++;
                continue;
            }

            List<int> arrivals = same.All;
            if (arrivals.Count < candidates.All.Count) MatchLast(candidates.All, arrivals);
            else MatchFirst(candidates.All, arrivals);
            matched += arrivals.Count;
        }

        return matched;
    }

    // Some of the segments that look the same were lost: each arrival is the last that can have arrived by then.
    private void MatchLast(List<int> departures, List<int> arrivals)
    {
        int departure = departures.Count - 1;
        for (int arrival = arrivals.Count - 1; arrival >= 0; arrival--)
        {
            while (departure > arrival && !CanArrive(departures[departure], arrivals[arrival])) departure--;
            Pair(departures[departure--], arrivals[arrival]);
        }
    }

    // As many arrived, or more: what arrived before the next of them left is a copy.
    private void MatchFirst(List<int> departures, List<int> arrivals)
    {
        int departure = 0;
        foreach (int arrival in arrivals)
        {
            if (departure < departures.Count && (departure == 0 || CanArrive(departures[departure], arrival)))
            {
                Pair(departures[departure++], arrival);
                continue;
            }

            _leftAs[arrival] = departures[departure - 1];
            _copies.Add(arrival);
        }
    }

    private bool CanArrive(int departure, int arrival) =>
        arrived.TimeOf(arrival) - left.TimeOf(departure) >= leastDelayNs * 3 / 4;

    // Offloading on either host: one departure may arrive in parts, and several as one.
    private void MatchBytes()
    {
        List<int> departures = BySequence(left, _arrivedAs);
        foreach (int arrival in BySequence(arrived, _leftAs))
        {
            SequenceNumber start = arrived.SequenceOf(arrival), end = arrived.EndOf(arrival);
            Timestamp at = arrived.TimeOf(arrival);
            for (int i = FirstFrom(departures, start + -LongestSegment); i < departures.Count && left.SequenceOf(departures[i]) < end; i++)
            {
                int departure = departures[i];
                if (left.EndOf(departure) <= start || left.TimeOf(departure) > at) continue;
                if (_arrivedAs[departure] < 0) _arrivedAs[departure] = arrival;
                bool isLater = _leftAs[arrival] < 0 || left.TimeOf(departure) > left.TimeOf(_leftAs[arrival]);
                if (left.SequenceOf(departure) <= start && isLater) _leftAs[arrival] = departure;
            }
        }
    }

    private void MatchNumbers()
    {
        int from = 0;
        for (int number = 0; number < arrived.Count; number++)
        {
            if (_leftAs[number] >= 0) continue;
            SegmentIdentity identity = Numbers(arrived, number);
            for (int departure = from; departure < left.Count; departure++)
            {
                if (_arrivedAs[departure] >= 0 || Numbers(left, departure) != identity) continue;
                Pair(departure, number);
                break;
            }

            while (from < left.Count && _arrivedAs[from] >= 0) from++;
        }
    }

    private static SegmentIdentity Numbers(VantageSegments segments, int number) =>
        segments.IdentityOf(number) with { Timestamps = null, IpIdentification = 0 };

    private void Pair(int departure, int arrival) => (_arrivedAs[departure], _leftAs[arrival]) = (arrival, departure);

    private static List<int> BySequence(VantageSegments segments, int[] matched)
    {
        List<int> rest = [];
        for (int number = 0; number < segments.Count; number++)
            if (matched[number] < 0 && segments[number].Length > 0 && (segments[number].Flags & TcpFlags.Rst) == 0) rest.Add(number);
        rest.Sort((one, other) => segments.SequenceOf(one) - segments.SequenceOf(other));
        return rest;
    }

    private int FirstFrom(List<int> departures, SequenceNumber start)
    {
        int low = 0, high = departures.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (left.SequenceOf(departures[middle]) < start) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static int[] Unmatched(int count)
    {
        var none = new int[count];
        Array.Fill(none, -1);
        return none;
    }
}
