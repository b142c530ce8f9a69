namespace Trama.Peers.Loading;

/// <summary>
/// When the requests of a load are due, and which of them are measured. Times are nanoseconds of the clock of
/// <see cref="System.Diagnostics.Stopwatch"/>.
/// </summary>
internal readonly struct LoadSchedule
{
    private readonly double _rampNs;
    private readonly double _perNs;
    private readonly double _inRamp;

    /// <param name="options">The load.</param>
    /// <param name="start">When it starts.</param>
    /// <param name="share">Which part of the rate it is to schedule, from 0 to 1.</param>
    public LoadSchedule(LoadOptions options, long start, double share)
    {
        Start = start;
        MeasuredFrom = start + Nanoseconds(options.Ramp + options.Warmup);
        End = MeasuredFrom + Nanoseconds(options.Duration);
        _rampNs = Nanoseconds(options.Ramp);
        _perNs = (options.Rate ?? 0) * share / 1e9;
        _inRamp = _perNs * _rampNs / 2;
    }

    /// <summary>When the load starts.</summary>
    public long Start { get; }

    /// <summary>When measuring starts.</summary>
    public long MeasuredFrom { get; }

    /// <summary>When no more requests are due.</summary>
    public long End { get; }

    /// <summary>A duration in nanoseconds.</summary>
    public static long Nanoseconds(TimeSpan duration) => duration.Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>When a request is due, counted from 0: while the rate grows, the number due grows with the square of the time.</summary>
    public long DueAt(long index) => Start + (long)(index < _inRamp
        ? Math.Sqrt(2 * index * _rampNs / _perNs)
        : _rampNs + (index - _inRamp) / _perNs);

    /// <summary>Whether a request that is due then is measured.</summary>
    public bool IsMeasured(long dueAt) => dueAt >= MeasuredFrom && dueAt < End;
}
