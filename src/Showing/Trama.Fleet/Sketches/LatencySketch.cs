using System.Globalization;

namespace Trama.Fleet.Sketches;

/// <summary>
/// How long many things took, in buckets each 4 % longer than the one before: sketches are added to each other without loss, and a
/// percentile is right to 2 % (the idea of DDSketch, Masson, Rim and Lee, VLDB 2019).
/// </summary>
public sealed class LatencySketch
{
    private const double Growth = 1.04;

    // From a nanosecond to three years.
    private const int MaxBucket = 1000;

    private readonly SortedDictionary<int, long> _buckets = [];

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>Their sum, in nanoseconds.</summary>
    public long SumNs { get; private set; }

    /// <summary>Adds one.</summary>
    /// <param name="nanoseconds">How long it took.</param>
    /// <param name="times">How often.</param>
    public void Add(long nanoseconds, long times = 1)
    {
        nanoseconds = Math.Max(1, nanoseconds);
        AddBucket((int)Math.Ceiling(Math.Log(nanoseconds) / Math.Log(Growth)), times);
        SumNs += nanoseconds * times;
    }

    /// <summary>Adds what <see cref="ToString"/> of another says; false, and nothing is added, when it is something else.</summary>
    public bool TryAdd(string buckets, long sumNs)
    {
        ArgumentNullException.ThrowIfNull(buckets);
        var read = new List<(int, long)>();
        if (buckets.Length > 0)
        {
            foreach (string pair in buckets.Split(' '))
            {
                if (pair.Split(':') is not [var bucket, var count]
                    || !int.TryParse(bucket, NumberStyles.None, CultureInfo.InvariantCulture, out int at) || at > MaxBucket
                    || !long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long times)) return false;
                read.Add((at, times));
            }
        }

        foreach ((int at, long times) in read) AddBucket(at, times);
        SumNs += sumNs;
        return true;
    }

    /// <summary>How long a part of them took at most, in nanoseconds; null when there are none.</summary>
    /// <param name="part">The part, from 0 to 1: 0.99 for the 99th percentile.</param>
    public long? Percentile(double part)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(part * Count)), passed = 0;
        foreach ((int bucket, long count) in _buckets)
            if ((passed += count) >= rank) return (long)Math.Round(Math.Pow(Growth, bucket) * 2 / (1 + Growth));
        return null;
    }

    /// <summary>The buckets in text: <c>351:2 400:1</c>.</summary>
    public override string ToString() => string.Join(' ', _buckets.Select(bucket =>
        string.Create(CultureInfo.InvariantCulture, $"{bucket.Key}:{bucket.Value}")));

    private void AddBucket(int bucket, long times)
    {
        bucket = Math.Clamp(bucket, 0, MaxBucket);
        _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + times;
        Count += times;
    }
}
