using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>How fast the clock of a side's timestamps ticks (RFC 7323 section 5.4).</summary>
internal static class SenderClock
{
    /// <summary>A tick in nanoseconds, of the ticks in use the nearest to what was seen; 0 when that does not tell.</summary>
    public static long TickNs(ReadOnlySpan<TracedSegment> segments, Side from)
    {
        int first = -1, last = -1;
        for (int i = 0; i < segments.Length; i++)
        {
            if (segments[i].From != from || segments[i].Timestamps is null) continue;
            if (first < 0) first = i;
            last = i;
        }

        if (first < 0) return 0;
        uint ticks = segments[last].Timestamps!.Value.Value - segments[first].Timestamps!.Value.Value;
        long elapsedNs = segments[last].At - segments[first].At;
        if (ticks is 0 or > int.MaxValue || elapsedNs <= 0) return 0;
        double seen = (double)elapsedNs / ticks;
        long nearest = 0;
        // A microsecond; a millisecond, or a few; as some systems still have it, a tenth of a second; as old ones had it, half of one.
        ReadOnlySpan<long> inUse = [1_000, 1_000_000, 4_000_000, 10_000_000, 100_000_000, 500_000_000];
        foreach (long tick in inUse)
            if (nearest == 0 || Math.Abs(Math.Log(seen / tick)) < Math.Abs(Math.Log(seen / nearest))) nearest = tick;
        return nearest;
    }
}
