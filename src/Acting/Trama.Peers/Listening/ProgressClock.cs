namespace Trama.Peers.Listening;

/// <summary>
/// A coarse clock that a timer advances, so that a connection notes its progress with a load and a store, and a
/// limit on silence costs nothing while bytes move. Limits hold to a tick, never too early.
/// </summary>
internal sealed class ProgressClock
{
    private static readonly TimeSpan ShortestTick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(1);

    private readonly long _idleTicks;
    private long _now;

    /// <param name="idleLimit">The limit on silence, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    public ProgressClock(TimeSpan idleLimit)
    {
        bool unlimited = idleLimit == Timeout.InfiniteTimeSpan;
        Length = unlimited ? LongestTick : TimeSpan.FromTicks(Math.Clamp(idleLimit.Ticks / 4, ShortestTick.Ticks, LongestTick.Ticks));
        _idleTicks = unlimited ? long.MaxValue : TicksIn(idleLimit);
    }

    /// <summary>How long a tick is.</summary>
    public TimeSpan Length { get; }

    /// <summary>Ticks so far.</summary>
    public long Now => Volatile.Read(ref _now);

    /// <summary>Moves on by one tick.</summary>
    public void Advance() => Interlocked.Increment(ref _now);

    /// <summary>Whether nothing has moved since <paramref name="tick"/> for longer than the idle limit.</summary>
    public bool IsIdleSince(long tick) => Now - tick > _idleTicks;

    /// <summary>Whether <paramref name="tick"/> lies back longer than <paramref name="span"/>.</summary>
    public bool IsLongerThan(TimeSpan span, long tick) => Now - tick > TicksIn(span);

    private long TicksIn(TimeSpan span) => (span.Ticks + Length.Ticks - 1) / Length.Ticks;
}
