using Trama.Lab.Reenacting;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>Reads from the probes of a host when it asks whether the other side is still there, and since when nobody answered.</summary>
internal static class KeepAliveReader
{
    private const double Second = 1e9;

    // The kernel's own, where the capture does not show that it gave up.
    private const int UsualCount = 9;

    /// <summary>How a side asks; null where it was not seen to.</summary>
    public static SceneKeepAlive? Read(SeenConnection seen, Side side)
    {
        TracedSegment[] probes = [.. seen.Segments.Where(segment => IsProbe(segment) && segment.From == side)];
        if (probes.Length == 0 || probes[0].Packet == seen.Segments[0].Packet) return null;
        long first = probes[0].At.Nanoseconds, before = seen.Segments.Last(segment => segment.Packet < probes[0].Packet).At.Nanoseconds;
        long interval = probes.Length > 1 ? probes[1].At.Nanoseconds - first : first - before;
        bool gaveUp = seen.Segments.Any(segment => segment.From == side && (segment.Flags & TcpFlags.Rst) != 0);
        return new SceneKeepAlive(Seconds(first - before), Seconds(interval), gaveUp ? probes.Length : UsualCount);
    }

    /// <summary>Since when probes stayed without an answer, in nanoseconds since the connection was first seen; null where they did
    /// not.</summary>
    public static long? CutNs(SeenConnection seen)
    {
        TracedSegment? first = null;
        foreach (TracedSegment segment in seen.Segments)
        {
            if (first is { } asked && segment.From != asked.From) first = null;
            else if (first is null && IsProbe(segment)) first = segment;
        }

        // Shortly before the first of them.
        return first is { } unanswered
            ? unanswered.At.Nanoseconds - seen.Segments[0].At.Nanoseconds - (long)(Second / 4) : null;
    }

    private static bool IsProbe(in TracedSegment segment) => (segment.Marks & SegmentMarks.KeepAlive) != 0;

    private static int Seconds(long nanoseconds) => (int)Math.Clamp(Math.Round(nanoseconds / Second), 1, short.MaxValue);
}
