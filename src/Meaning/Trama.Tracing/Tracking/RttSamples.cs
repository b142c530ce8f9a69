namespace Trama.Tracing.Tracking;

/// <summary>
/// Round trip times of one direction: exact ends, and a median over all of them up to <see cref="MaxSamples"/>, over an even
/// choice of that many afterwards.
/// </summary>
internal struct RttSamples
{
    private const int MaxSamples = 128;

    private long[]? _samples;
    private long _count;
    private ulong _random;

    /// <summary>The shortest one, in nanoseconds; meaningless without samples.</summary>
    public long Min { get; private set; }

    /// <summary>The longest one, in nanoseconds; meaningless without samples.</summary>
    public long Max { get; private set; }

    /// <summary>Whether there is any.</summary>
    public readonly bool Any => _count > 0;

    public void Add(long nanoseconds)
    {
        Min = _count == 0 ? nanoseconds : Math.Min(Min, nanoseconds);
        Max = _count == 0 ? nanoseconds : Math.Max(Max, nanoseconds);
        long index = _count++;
        if (index >= MaxSamples)
        {
            // Reservoir sampling: the n-th sample takes a place with probability MaxSamples/n.
            _random = _random * 6364136223846793005 + 1442695040888963407;
            index = (long)((_random >> 33) % (ulong)_count);
            if (index >= MaxSamples) return;
        }

        if (_samples is null) _samples = new long[4];
        if (index == _samples.Length) Array.Resize(ref _samples, _samples.Length * 2);
        _samples[index] = nanoseconds;
    }

    /// <summary>The figures so far; absent without samples.</summary>
    public readonly RoundTripTime? Summarize()
    {
        if (_samples is null) return null;
        Span<long> sorted = stackalloc long[MaxSamples];
        int count = (int)Math.Min(_count, MaxSamples);
        _samples.AsSpan(0, count).CopyTo(sorted);
        sorted = sorted[..count];
        sorted.Sort();
        return new RoundTripTime(Min, sorted[count / 2], Max);
    }
}
