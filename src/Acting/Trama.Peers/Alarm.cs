using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace Trama.Peers;

/// <summary>
/// What one waits for until a point in time, or until it is rung before: by a timer of the kernel where the clock is the system's and the
/// system is Linux; the runtime's own timers count in milliseconds, and have to do elsewhere. One at a time waits, and goes on in the
/// thread that rings, or that keeps the time of all: it must never block. It may be woken for nothing, and looks again.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class Alarm(TimeProvider time) : IValueTaskSource, IDisposable
{
    /// <summary>Instead of a point in time: until it is rung.</summary>
    public const long Never = long.MaxValue;

    private const int Silent = 0;
    private const int Rung = 1;
    private const int Awaited = 2;

    private static readonly Lazy<AlarmThread?> s_thread = new(AlarmThread.Start);

    // The runtime's timers take no more than some weeks.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(1);

    // The timer's clock is that of Stopwatch, in nanoseconds.
    private readonly AlarmThread? _thread =
        ReferenceEquals(time, TimeProvider.System) && Stopwatch.Frequency == 1_000_000_000 ? s_thread.Value : null;

    private ManualResetValueTaskSourceCore<bool> _waiter;
    private ITimer? _timer;
    private int _state;

    /// <summary>Its place among those that <see cref="AlarmThread"/> keeps; -1 when it is none of them. Guarded by their lock.</summary>
    internal int Place { get; set; } = -1;

    /// <summary>When it is to ring. Guarded by the lock of those that <see cref="AlarmThread"/> keeps.</summary>
    internal long DueAt { get; set; }

    /// <summary>Waits until a point in time, however far off.</summary>
    /// <param name="at">When, as a timestamp of <paramref name="time"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static async Task UntilAsync(long at, TimeProvider time, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (time.GetTimestamp() >= at) return;
        using var alarm = new Alarm(time);
        await using CancellationTokenRegistration stopping = alarm.RingsAt(stop);
        await alarm.SleepAsync(at, stop);
    }

    /// <summary>Has it ring when something is to stop.</summary>
    public CancellationTokenRegistration RingsAt(CancellationToken stop) =>
        stop.UnsafeRegister(static alarm => ((Alarm)alarm!).Ring(), this);

    /// <summary>Waits until a point in time, though it be rung before.</summary>
    /// <param name="at">When, as a timestamp of the clock.</param>
    /// <param name="stop">Ends the wait, if it was registered by <see cref="RingsAt"/>.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public async ValueTask SleepAsync(long at, CancellationToken stop)
    {
        while (true)
        {
            Silence();
            stop.ThrowIfCancellationRequested();
            if (time.GetTimestamp() >= at) return;
            await UntilAsync(at);
        }
    }

    /// <summary>Wakes whoever waits, or the next one who does. Whoever waits goes on in this call.</summary>
    public void Ring()
    {
        if (Interlocked.Exchange(ref _state, Rung) == Awaited) _waiter.SetResult(true);
    }

    /// <summary>To be called before one looks whether there is something to wait for; what is rung after this call counts.</summary>
    public void Silence() => Interlocked.Exchange(ref _state, Silent);

    /// <summary>Waits until it is rung, or until a point in time.</summary>
    /// <param name="at">When, as a timestamp of the clock; <see cref="Never"/> for none.</param>
    public ValueTask UntilAsync(long at)
    {
        if (Volatile.Read(ref _state) == Rung) return default;
        _waiter.Reset();
        Set(at);
        return Interlocked.CompareExchange(ref _state, Awaited, Silent) == Rung ? default : new ValueTask(this, _waiter.Version);
    }

    /// <summary>It rings no more by itself.</summary>
    public void Dispose()
    {
        _thread?.Forget(this);
        _timer?.Dispose();
    }

    void IValueTaskSource.GetResult(short token) => _waiter.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _waiter.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter.OnCompleted(continuation, state, token, flags);

    private void Set(long at)
    {
        if (_thread is not null)
        {
            if (at == Never) _thread.Forget(this);
            else _thread.Keep(this, at);
            return;
        }

        if (at == Never && _timer is null) return;
        _timer ??= time.CreateTimer(static alarm => ((Alarm)alarm!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(at == Never ? Timeout.InfiniteTimeSpan : Left(at), Timeout.InfiniteTimeSpan);
    }

    // In whole milliseconds, none of them too few.
    private TimeSpan Left(long at)
    {
        TimeSpan left = time.GetElapsedTime(time.GetTimestamp(), at);
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left > s_longestWait ? s_longestWait
            : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
    }
}
