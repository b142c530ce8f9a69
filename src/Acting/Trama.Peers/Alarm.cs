using System.Diagnostics;

namespace Trama.Peers;

/// <summary>
/// Waits until points in time, by a timer of the kernel where the clock is the system's and the system is Linux; the runtime's own timers
/// count in milliseconds, and have to do elsewhere.
/// </summary>
public static class Alarm
{
    private static readonly Lazy<AlarmThread?> s_thread = new(AlarmThread.Start);

    // The runtime's timers take no more than some weeks.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(1);

    /// <summary>How far off a point in time may be for <see cref="SoonAsync"/>: what is further is first waited for coarsely.</summary>
    public static TimeSpan Soon { get; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until a point in time, however far off.</summary>
    /// <param name="at">When, as a timestamp of <paramref name="time"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static async Task UntilAsync(long at, TimeProvider time, CancellationToken stop)
    {
        TimeSpan left;
        while ((left = time.GetElapsedTime(time.GetTimestamp(), at)) > Soon) await Task.Delay(Coarsely(left), time, stop);
        if (left > TimeSpan.Zero) await SoonAsync(at, time);
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>How long to wait first, by the runtime's timers, for what is further off than <see cref="Soon"/>.</summary>
    /// <param name="left">How far off it is.</param>
    public static TimeSpan Coarsely(TimeSpan left) => left > s_longestWait ? s_longestWait : left - (Soon / 2);

    /// <summary>Waits until a point in time that is no further off than <see cref="Soon"/>, and cannot be asked to stop.</summary>
    /// <param name="at">When, as a timestamp of <paramref name="time"/>.</param>
    /// <param name="time">The clock.</param>
    public static Task SoonAsync(long at, TimeProvider time)
    {
        // The timer's clock is that of Stopwatch, in nanoseconds.
        bool isSystems = ReferenceEquals(time, TimeProvider.System) && Stopwatch.Frequency == 1_000_000_000;
        if (isSystems && s_thread.Value is { } thread) return thread.UntilAsync(at);
        TimeSpan left = time.GetElapsedTime(time.GetTimestamp(), at);
        if (left <= TimeSpan.Zero) return Task.CompletedTask;
        return Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), time);
    }
}
