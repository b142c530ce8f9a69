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
    /// Queues hand over within this; a time that goes back further is a clock that was set, and its packets stand in order.
    /// </summary>
    private const long LongestTurnNs = 50 * Thresholds.Millisecond;

    /// <summary>The places of segments in the order of their times; null when they stand in it, or no order can be told.</summary>
    public static int[]? Of(List<TracedSegment> segments)
    {
        bool isOut = false;
        for (int i = 1; i < segments.Count; i++)
        {
            long backNs = segments[i - 1].At - segments[i].At;
            if (backNs > LongestTurnNs) return null;
            isOut |= backNs > 0;
        }

        if (!isOut) return null;
        int[] places = new int[segments.Count];
        var times = new (Timestamp At, int Place)[segments.Count];
        for (int i = 0; i < places.Length; i++) (places[i], times[i]) = (i, (segments[i].At, i));
        Array.Sort(times, places);
        return places;
    }
}
