using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Trama.Peers.Native;

namespace Trama.Peers;

/// <summary>
/// A thread that sleeps until whatever is due next, by a timer of the kernel, and goes on itself with what waits for that: to hand it to
/// another thread would take longer than most of it does.
/// </summary>
internal sealed class AlarmThread
{
    private const int RoomForChanges = 64;

    private readonly Lock _changing = new();
    private readonly AlarmHeap _due = new();
    private readonly SafeFileHandle _poll, _timer;

    private AlarmThread(SafeFileHandle poll, SafeFileHandle timer) => (_poll, _timer) = (poll, timer);

    /// <summary>Starts it; null where there is no such timer, or no handle left for one.</summary>
    public static AlarmThread? Start()
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            SafeFileHandle poll = LinuxPoll.Create(), timer = LinuxTimer.Create();
            LinuxPoll.Watch(poll, timer);
            var alarm = new AlarmThread(poll, timer);
            new Thread(alarm.Run) { Name = "alarm", IsBackground = true }.Start();
            return alarm;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Rings an alarm at a point in time, instead of when it was to ring until now.</summary>
    /// <param name="alarm">The alarm.</param>
    /// <param name="at">When, as a timestamp of <see cref="Stopwatch"/>, in nanoseconds.</param>
    public void Keep(Alarm alarm, long at)
    {
        lock (_changing)
        {
            _due.Set(alarm, at);
            if (alarm.Place == 0) LinuxTimer.Set(_timer, Math.Max(1, at));
        }
    }

    /// <summary>Does not ring an alarm any more.</summary>
    public void Forget(Alarm alarm)
    {
        // One that is first is so for no longer than until the timer goes off for nothing.
        lock (_changing) _due.Remove(alarm);
    }

    private void Run()
    {
        Span<byte> changes = stackalloc byte[RoomForChanges];
        while (true)
        {
            _ = LinuxPoll.Wait(_poll, changes);
            while (TakeDue() is { } alarm) alarm.Ring();
        }
    }

    private Alarm? TakeDue()
    {
        lock (_changing)
        {
            if (_due.First is not { } first) return null;
            if (first.DueAt <= Stopwatch.GetTimestamp())
            {
                _due.Remove(first);
                return first;
            }

            LinuxTimer.Set(_timer, Math.Max(1, first.DueAt));
            return null;
        }
    }
}
