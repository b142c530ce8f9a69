namespace Trama.Tracing.Joining;

/// <summary>How long segments of one direction were under way, in nanoseconds; as exact as <see cref="ClockOffset"/> is.</summary>
/// <param name="Count">How many were seen at both ends.</param>
/// <param name="MinNs">The shortest time.</param>
/// <param name="MedianNs">The median.</param>
/// <param name="MaxNs">The longest one.</param>
public readonly record struct OneWayDelay(int Count, long MinNs, long MedianNs, long MaxNs)
{
    /// <summary>The delays of those segments of a side that were seen at both ends; null when none was.</summary>
    internal static OneWayDelay? Of(IReadOnlyList<JoinedSegment> segments, Side from)
    {
        var delays = new List<long>();
        foreach (JoinedSegment segment in segments)
            if (segment.From == from && segment is { Fate: SegmentFate.Delivered, DelayNs: { } ns }) delays.Add(ns);
        if (delays.Count == 0) return null;
        delays.Sort();
        return new OneWayDelay(delays.Count, delays[0], delays[delays.Count / 2], delays[^1]);
    }
}
