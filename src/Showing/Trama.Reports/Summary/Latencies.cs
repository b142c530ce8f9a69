using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Trama.Reports.Summary;

/// <summary>
/// Durations, counted in buckets of at most one part in 32 of their value, so that a percentile is known that closely whatever
/// their number. The first few are kept exactly: most connections have no more.
/// </summary>
internal sealed class Latencies
{
    private const int Exact = 32;
    private const int SubBuckets = 32;
    private const int SubBucketBits = 5;

    private readonly List<long> _few = [];
    private int[]? _buckets;

    /// <summary>How many durations there are.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, in nanoseconds.</summary>
    public long Longest { get; private set; }

    /// <summary>Adds a duration in nanoseconds; a negative one counts as 0.</summary>
    public void Add(long nanoseconds)
    {
        nanoseconds = Math.Max(0, nanoseconds);
        Count++;
        Longest = Math.Max(Longest, nanoseconds);
        if (_buckets is null && !TryBegin(nanoseconds)) return;
        _buckets[Bucket(nanoseconds)]++;
    }

    /// <summary>The duration that a share of all do not exceed, in nanoseconds; null when there is none.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    public long? Percentile(double share)
    {
        if (Count == 0) return null;
        long rank = Math.Clamp((long)Math.Ceiling(share * Count), 1, Count);
        if (_buckets is null)
        {
            _few.Sort();
            return _few[(int)rank - 1];
        }

        int bucket = -1;
        for (long seen = 0; seen < rank;) seen += _buckets[++bucket];
        return Math.Min(Longest, Highest(bucket));
    }

    // False while a duration is one of the few.
    [MemberNotNullWhen(true, nameof(_buckets))]
    private bool TryBegin(long nanoseconds)
    {
        if (_few.Count < Exact)
        {
            _few.Add(nanoseconds);
            return false;
        }

        _buckets = new int[(64 - SubBucketBits) * SubBuckets];
        foreach (long few in _few) _buckets[Bucket(few)]++;
        return true;
    }

    // Below twice the number of sub-buckets, each value has its own; above, each power of two is divided evenly.
    private static int Bucket(long value)
    {
        if (value < 2 * SubBuckets) return (int)value;
        int shift = 63 - BitOperations.LeadingZeroCount((ulong)value) - SubBucketBits;
        return (shift + 1) * SubBuckets + (int)(value >> shift) - SubBuckets;
    }

    private static long Highest(int bucket)
    {
        if (bucket < 2 * SubBuckets) return bucket;
        int shift = bucket / SubBuckets - 1;
        return ((long)(bucket % SubBuckets + SubBuckets + 1) << shift) - 1;
    }
}
