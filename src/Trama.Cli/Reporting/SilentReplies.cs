using Trama.Packets;
using Trama.Tracing;

namespace Trama.Cli.Reporting;

/// <summary>
/// Live, and by turns, nothing in the bytes ends a reply, and the client may never speak again: a reply is taken for complete when the
/// server has been silent for a while.
/// </summary>
/// <param name="tracker">The tracker.</param>
/// <param name="heldNs">For how long packets are held before the tracker hears of them, in nanoseconds.</param>
internal sealed class SilentReplies(ConnectionTracker tracker, long heldNs = 0)
{
    private const long SilenceNs = 500_000_000;

    private Timestamp _soughtAt;

    /// <summary>How often to look for them.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMicroseconds(SilenceNs / 2000);

    /// <summary>Now, on the clock of captures.</summary>
    public static Timestamp Now => new((DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);

    /// <summary>Ends them, when it is time to look again.</summary>
    public void End()
    {
        Timestamp now = Now;
        if (now - _soughtAt < SilenceNs / 2) return;
        _soughtAt = now;
        tracker.EndSilentReplies(new Timestamp(now.Nanoseconds - SilenceNs - heldNs));
    }
}
