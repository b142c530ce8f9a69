using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trama.Peers.Native;

/// <summary>timerfd(2) of Linux: wakes whoever waits by epoll at a point in time, to some microseconds; epoll itself counts in
/// milliseconds.</summary>
internal static partial class LinuxTimer
{
    private const int Monotonic = 1; // CLOCK_MONOTONIC, the clock of Stopwatch
    private const int DoNotWait = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int Absolute = 1;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>A timer that is not set.</summary>
    /// <exception cref="SocketException">The system has no more handles.</exception>
    public static SafeFileHandle Create()
    {
        int handle = CreateNative(Monotonic, DoNotWait | CloseOnExec);
        return handle >= 0 ? new SafeFileHandle(handle, ownsHandle: true) : throw new SocketException((int)SocketError.TooManyOpenSockets);
    }

    /// <summary>Sets the timer, instead of what it was set to.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="at">When, in nanoseconds of the clock of <see cref="System.Diagnostics.Stopwatch"/>; 1 or more.</param>
    public static void Set(SafeHandle timer, long at)
    {
        var time = new TimerSpecification { Seconds = at / NanosecondsPerSecond, Nanoseconds = at % NanosecondsPerSecond };
        _ = SetNative(timer, Absolute, in time, 0);
    }

    [LibraryImport("libc", EntryPoint = "timerfd_create")]
    private static partial int CreateNative(int clock, int flags);

    [LibraryImport("libc", EntryPoint = "timerfd_settime")]
    private static partial int SetNative(SafeHandle timer, int flags, in TimerSpecification time, nint previous);

    // struct itimerspec, with the 64-bit times of 64-bit systems.
    [StructLayout(LayoutKind.Sequential)]
    private struct TimerSpecification
    {
        public long IntervalSeconds;
        public long IntervalNanoseconds;
        public long Seconds;
        public long Nanoseconds;
    }
}
