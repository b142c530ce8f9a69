namespace Trama.Processes.Native;

/// <summary>The clock by which the kernel tells when something happened, and what it is in others.</summary>
internal static class MonotonicClock
{
    /// <summary>CLOCK_MONOTONIC.</summary>
    public const int Number = 1;

    private const int Realtime = 0, SinceBoot = 7;

    /// <summary>The time now, in nanoseconds.</summary>
    public static long Now => Read(Number);

    /// <summary>What is to be added for nanoseconds since 1970.</summary>
    public static long ToRealtime => Read(Realtime) - Read(Number);

    /// <summary>What is to be added for nanoseconds since the machine started, sleep included.</summary>
    public static long ToSinceBoot => Read(SinceBoot) - Read(Number);

    private static long Read(int clock) =>
        Libc.ReadClock(clock, out Libc.ClockTime time) == 0 ? time.Seconds * 1_000_000_000 + time.Nanoseconds : 0;
}
