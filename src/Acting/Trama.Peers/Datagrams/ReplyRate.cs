namespace Trama.Peers.Datagrams;

/// <summary>Spaces out what may be answered in a second.</summary>
/// <param name="perSecond">How many; null for any number.</param>
/// <param name="time">The clock.</param>
internal sealed class ReplyRate(double? perSecond, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next;

    /// <summary>Waits until one more may be answered.</summary>
    public ValueTask TurnAsync(CancellationToken stop)
    {
        if (perSecond is not { } rate) return default;
        TimeSpan now = time.GetElapsedTime(_start);
        TimeSpan wait = _next - now;
        _next = (wait > TimeSpan.Zero ? _next : now) + TimeSpan.FromSeconds(1 / rate);
        // Timers count in milliseconds; what is less is made up for later.
        return wait < TimeSpan.FromMilliseconds(1) ? default : new ValueTask(Task.Delay(wait, time, stop));
    }
}
