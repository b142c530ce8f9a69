using Trama.Packets;

namespace Trama.Tracing.Joining;

/// <summary>One segment as both captures show it. Times are those of the first capture's clock.</summary>
/// <param name="From">Who sent it, or is claimed to have.</param>
/// <param name="Fate">What became of it on the way.</param>
/// <param name="Left">Which of the segments nearer to its sender it is, from 0; -1 when it is none of them.</param>
/// <param name="Arrived">Which of the segments nearer to its receiver it is, from 0; -1 when it is none of them.</param>
/// <param name="LeftAt">When it left; for one that did not, when it arrived.</param>
/// <param name="ArrivedAt">When it arrived; for one that did not, when it left.</param>
/// <param name="Overtaken">Whether one that left after it arrived before it.</param>
public readonly record struct JoinedSegment(
    Side From, SegmentFate Fate, int Left, int Arrived, Timestamp LeftAt, Timestamp ArrivedAt, bool Overtaken)
{
    /// <summary>By the times they left; of those at the same time, as their captures have them.</summary>
    internal static int InOrder(in JoinedSegment one, in JoinedSegment other)
    {
        if (one.LeftAt != other.LeftAt) return one.LeftAt < other.LeftAt ? -1 : 1;
        int order = one.Left.CompareTo(other.Left);
        if (order == 0) order = one.From - other.From;
        return order == 0 ? one.Arrived.CompareTo(other.Arrived) : order;
    }

    /// <summary>How long it was under way, in nanoseconds; absent unless it was seen at both ends.</summary>
    public long? DelayNs => Left < 0 || Arrived < 0 ? null : ArrivedAt - LeftAt;
}
