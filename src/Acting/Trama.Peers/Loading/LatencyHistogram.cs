using System.Numerics;

namespace Trama.Peers.Loading;

/// <summary>
/// Durations in buckets no wider than a thousandth of their value, however many there are, in constant memory: up to
/// an hour; longer ones count as that. One thread adds; others may look and see a moment's state.
/// </summary>
public sealed class LatencyHistogram
{
    private const int SubBucketBits = 10;
    private const int SubBuckets = 1 << SubBucketBits;
    private const long MaxNs = 3_600_000_000_000;

    private readonly long[] _counts = new long[Bucket(MaxNs) + 1];
    private double _sum;

    /// <summary>How many durations there are.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, in nanoseconds; 0 when there is none.</summary>
    public long Max { get; private set; }

    /// <summary>The shortest, in nanoseconds; 0 when there is none.</summary>
    public long Min { get; private set; }

    /// <summary>The mean, in nanoseconds; 0 when there is none.</summary>
    public double Mean => Count == 0 ? 0 : _sum / Count;

    /// <summary>The buckets that are not empty: the longest duration of each, and how many it has.</summary>
    public IEnumerable<(long Nanoseconds, long Count)> Buckets
    {
        get
        {
            for (int bucket = 0; bucket < _counts.Length; bucket++)
                if (_counts[bucket] > 0) yield return (Math.Min(Max, Highest(bucket)), _counts[bucket]);
        }
    }

    /// <summary>Adds a duration in nanoseconds; a negative one counts as 0.</summary>
    public void Add(long nanoseconds)
    {
        nanoseconds = Math.Clamp(nanoseconds, 0, MaxNs);
        if (Count == 0 || nanoseconds < Min) Min = nanoseconds;
        if (nanoseconds > Max) Max = nanoseconds;
        _counts[Bucket(nanoseconds)]++;
        _sum += nanoseconds;
        Count++;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        (Count, Min, Max, _sum) = (0, 0, 0, 0);
    }

    /// <summary>Adds all of another one.</summary>
    public void Add(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count == 0) return;
        Min = Count == 0 ? other.Min : Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
        for (int bucket = 0; bucket < _counts.Length; bucket++) _counts[bucket] += other._counts[bucket];
        _sum += other._sum;
        Count += other.Count;
    }

    /// <summary>The duration that a share of all do not exceed, in nanoseconds; null when there is none.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    /// <param name="since">An earlier copy, to look only at what was added after it.</param>
    public long? Percentile(double share, LatencyHistogram? since = null)
    {
        long count = Count - (since?.Count ?? 0);
        if (count <= 0) return null;
        long rank = Math.Clamp((long)Math.Ceiling(share * count), 1, count);
        int bucket = -1;
        for (long seen = 0; seen < rank && bucket < _counts.Length - 1; seen += _counts[bucket] - (since?._counts[bucket] ?? 0)) bucket++;
        return Math.Min(Max, Highest(bucket));
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
