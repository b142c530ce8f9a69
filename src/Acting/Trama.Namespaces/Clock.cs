using System.Diagnostics;

namespace Trama.Namespaces;

/// <summary>The one clock of an experiment or a run: captures, programs and the path read it. It never goes back.</summary>
public static class Clock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly long Origin = (DateTimeOffset.UtcNow.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks)
        * TimeSpan.NanosecondsPerTick;
    private static readonly long Start = Stopwatch.GetTimestamp();

    /// <summary>Nanoseconds since the epoch.</summary>
    public static long Now => Origin + (Stopwatch.Frequency == NanosecondsPerSecond
        ? Stopwatch.GetTimestamp() - Start
        : (long)((Int128)(Stopwatch.GetTimestamp() - Start) * NanosecondsPerSecond / Stopwatch.Frequency));
}
