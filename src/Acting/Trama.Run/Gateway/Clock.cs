using System.Diagnostics;

namespace Trama.Run.Gateway;

/// <summary>The one clock of a run. It never goes back.</summary>
internal static class Clock
{
    private static readonly long Origin =
        (DateTimeOffset.UtcNow.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * TimeSpan.NanosecondsPerTick;

    private static readonly long Start = Stopwatch.GetTimestamp();

    /// <summary>Nanoseconds since the epoch.</summary>
    public static long Now => Origin + Stopwatch.GetElapsedTime(Start).Ticks * TimeSpan.NanosecondsPerTick;
}
