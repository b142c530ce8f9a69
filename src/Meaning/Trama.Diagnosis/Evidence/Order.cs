using Trama.Packets;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>
/// The order in which packets passed, where a file has them in another one: several queues of a device, or several interfaces, hand
/// over in turns what they saw, each packet with its right time.
/// </summary>
internal static class Order
{
    /// <summary>
    /// Queues hand over within this as a rule. A time that goes back further may be a clock that was set, and the packets stand in order:
    /// then what they say of each other tells.
    /// </summary>
    private const long LongestTurnNs = 50 * Thresholds.Millisecond;

    /// <summary>The places of segments in the order of their times; null when they stand in it, or no order can be told.</summary>
    public static int[]? Of(ReadOnlySpan<TracedSegment> segments)
    {
        long furthestNs = 0;
        for (int i = 1; i < segments.Length; i++) furthestNs = Math.Max(furthestNs, segments[i - 1].At - segments[i].At);
        if (furthestNs == 0) return null;
        int[] places = [.. Enumerable.Range(0, segments.Length)];
        var times = new (Timestamp At, int Place)[segments.Length];
        for (int i = 0; i < places.Length; i++) times[i] = (segments[i].At, i);
        Array.Sort(times, places);
        if (furthestNs <= LongestTurnNs) return places;
        int[] asTheyStand = [.. Enumerable.Range(0, segments.Length)];
        return Contradictions(segments, places) <= Contradictions(segments, asTheyStand) ? places : null;
    }

    // Bytes that stand behind later ones of their stream, and acknowledgements that stand before what they acknowledge.
    private static int Contradictions(ReadOnlySpan<TracedSegment> segments, int[] places)
    {
        int found = 0;
        Span<uint?> ends = [null, null];
        foreach (int place in places)
        {
            ref readonly TracedSegment segment = ref segments[place];
            int own = (int)segment.From, other = 1 - own;
            uint end = segment.Sequence + (uint)segment.Length;
            if (segment.Length > 0 && ends[own] is { } known && (int)(segment.Sequence - known) < 0) found++;
            if (segment.Acknowledgement is { } acknowledged && ends[other] is { } sent && (int)(acknowledged - sent) > 1) found++;
            if (ends[own] is not { } last || (int)(end - last) > 0) ends[own] = end;
        }

        return found;
    }
}
