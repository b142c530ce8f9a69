using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Trama.Peers.Native;

namespace Trama.Peers;

/// <summary>A thread that sleeps until whatever is due next, by a timer of the kernel.</summary>
internal sealed class AlarmThread
{
    private const int RoomForChanges = 64;

    private readonly PriorityQueue<TaskCompletionSource, long> _due = new();
    private readonly List<TaskCompletionSource> _over = [];
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

    /// <summary>Completes at a point in time.</summary>
    /// <param name="at">When, as a timestamp of <see cref="Stopwatch"/>, in nanoseconds.</param>
    public Task UntilAsync(long at)
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_due)
        {
            bool isNext = !_due.TryPeek(out _, out long next) || at < next;
            _due.Enqueue(waiting, at);
            if (isNext) LinuxTimer.Set(_timer, Math.Max(1, at));
        }

        return waiting.Task;
    }

    private void Run()
    {
        Span<byte> changes = stackalloc byte[RoomForChanges];
        while (true)
        {
            _ = LinuxPoll.Wait(_poll, changes);
            lock (_due)
            {
                long now = Stopwatch.GetTimestamp();
                while (_due.TryPeek(out _, out long at) && at <= now) _over.Add(_due.Dequeue());
                if (_due.TryPeek(out _, out long next)) LinuxTimer.Set(_timer, Math.Max(1, next));
            }

            foreach (TaskCompletionSource waiting in _over) waiting.SetResult();
            _over.Clear();
        }
    }
}
