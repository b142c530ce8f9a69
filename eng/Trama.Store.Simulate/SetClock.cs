namespace Trama.Store.Simulate;

/// <summary>A clock that is set.</summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public long Nanoseconds => (Now - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    public override DateTimeOffset GetUtcNow() => Now;
}
