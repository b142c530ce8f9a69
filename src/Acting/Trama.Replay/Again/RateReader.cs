using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>
/// Reads how fast a path let bytes through: the fastest eight segments in a row, by what was acknowledged or arrived. Where nothing slowed
/// them down they come as fast as the sender's device, which is no limit.
/// </summary>
internal static class RateReader
{
    private const int Segments = 8;
    private const int Headers = 52;
    private const long SegmentSize = 1448;
    private const long LeastBytes = 64 << 10;

    // Faster than that it was no path's limit, but a host's.
    private const double MostBitsPerSecond = 400e6;

    /// <summary>The rate in bits a second; null for no limit, or too little to tell.</summary>
    public static long? Read(SeenConnection seen, PathGuess path)
    {
        double? slowest = null;
        foreach (Side from in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            bool isNear = from == Side.Client == path.IsAtClient;
            List<(long At, long Bytes)> passed = isNear ? Acknowledged(seen, from) : Arrived(seen, from);
            if (passed.Count < 2 || passed[^1].Bytes < LeastBytes || Fastest(passed, Row(seen, from)) is not { } rate) continue;
            if (rate < MostBitsPerSecond) slowest = Math.Min(slowest ?? rate, rate);
        }

        return slowest is { } found ? (long)found : null;
    }

    private static List<(long At, long Bytes)> Acknowledged(SeenConnection seen, Side from)
    {
        List<(long, long)> passed = [];
        long most = 0;
        foreach (TracedSegment segment in seen.Segments)
        {
            if (segment.From == from || segment.Acknowledgement is not { } number || number <= most + 1L) continue;
            most = number - 1L;
            passed.Add((segment.At.Nanoseconds, most));
        }

        return passed;
    }

    private static List<(long At, long Bytes)> Arrived(SeenConnection seen, Side from)
    {
        List<(long, long)> passed = [];
        long total = 0;
        foreach (TracedSegment segment in seen.Segments)
        {
            if (segment.From != from || segment.Length == 0) continue;
            total += segment.Length;
            passed.Add((segment.At.Nanoseconds, total));
        }

        return passed;
    }

    // A window that was filled lets no more through at once; half of it comes as fast as the path allows.
    private static long Row(SeenConnection seen, Side from)
    {
        bool isFilled = seen.Segments.Any(segment => segment.From == from && (segment.Marks & SegmentMarks.WindowFull) != 0);
        if (!isFilled) return Segments * SegmentSize;
        int most = seen.Segments.Where(segment => segment.From != from).Select(segment => segment.Window).DefaultIfEmpty().Max();
        return Math.Clamp(most / 2, SegmentSize, Segments * SegmentSize);
    }

    private static double? Fastest(List<(long At, long Bytes)> passed, long row)
    {
        double? fastest = null;
        for (int first = 0, last = 0; first < passed.Count; first++)
        {
            while (last < passed.Count && passed[last].Bytes - passed[first].Bytes < row) last++;
            if (last == passed.Count) break;
            double seconds = Math.Max(passed[last].At - passed[first].At, 1) / 1e9;
            double bytes = (passed[last].Bytes - passed[first].Bytes) * (1 + Headers / (double)SegmentSize);
            fastest = Math.Max(fastest ?? 0, bytes * 8 / seconds);
        }

        return fastest;
    }
}
