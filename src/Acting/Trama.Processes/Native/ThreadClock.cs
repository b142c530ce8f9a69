namespace Trama.Processes.Native;

/// <summary>How long the calling thread had a processor.</summary>
internal static class ThreadClock
{
    // CLOCK_THREAD_CPUTIME_ID of Linux.
    private const int ThisThread = 3;

    /// <summary>The time so far; zero where the system does not tell.</summary>
    public static TimeSpan Now => Libc.ReadClock(ThisThread, out Libc.ClockTime time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
        : TimeSpan.Zero;
}
