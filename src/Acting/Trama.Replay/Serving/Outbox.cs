using Trama.Peers;
using Trama.Peers.Serving.Conducts;
using Trama.Replay.Adapting;

namespace Trama.Replay.Serving;

/// <summary>What is to be said to one client, each when it is due, in order where several are due.</summary>
/// <param name="line">The line to the client.</param>
/// <param name="dialect">How it is said; locked while it is used.</param>
/// <param name="time">The clock.</param>
internal sealed class Outbox(ClientLine line, Dialect dialect, TimeProvider time)
{
    // More are not read from a client that takes none of them.
    private const int Most = 1024;

    // Instead of when something is due next.
    private const long NothingMore = long.MinValue;

    private readonly PriorityQueue<Func<CancellationToken, Task>, (long DueAt, long Order)> _items = new();
    private TaskCompletionSource _changed = NoChange();
    private TaskCompletionSource _taken = NoChange();
    private (long DueAt, LineEnd How)? _end;
    private long _order;
    private bool _isComplete;

    /// <summary>Something is to be said.</summary>
    /// <param name="dueAt">When, as a timestamp of the clock.</param>
    /// <param name="say">Gives its bytes, when it is said.</param>
    public void Add(long dueAt, Func<ReadOnlyMemory<byte>> say) => Add(dueAt, _ => SayAsync(say));

    /// <summary>Something is to be done before what comes after it is said.</summary>
    /// <param name="dueAt">When, as a timestamp of the clock.</param>
    /// <param name="act">Does it.</param>
    public void Add(long dueAt, Func<CancellationToken, Task> act)
    {
        lock (_items)
        {
            _items.Enqueue(act, (dueAt, _order++));
            _changed.TrySetResult();
        }
    }

    /// <summary>Waits until no more is to be said than a client may have asked for at once.</summary>
    public async Task WhenRoomAsync(CancellationToken stop)
    {
        while (true)
        {
            Task taken;
            lock (_items)
            {
                if (_items.Count < Most) return;
                if (_taken.Task.IsCompleted) _taken = NoChange();
                taken = _taken.Task;
            }

            await taken.WaitAsync(stop);
        }
    }

    /// <summary>The connection is to be ended, unless something else happens before; null when it is not.</summary>
    public void EndAt((long DueAt, LineEnd How)? end)
    {
        lock (_items)
        {
            _end = end;
            _changed.TrySetResult();
        }
    }

    /// <summary>The client is gone: what is still due is said, and that is all.</summary>
    public void Complete()
    {
        lock (_items)
        {
            (_isComplete, _end) = (true, null);
            _changed.TrySetResult();
        }
    }

    /// <summary>Says what is due until the end.</summary>
    /// <returns>How the connection is to be ended; null when all is said to a client that has closed.</returns>
    public async Task<LineEnd?> RunAsync(CancellationToken stop)
    {
        while (true)
        {
            (Func<CancellationToken, Task>? act, LineEnd? end, long next, Task changed) = Next();
            if (act is not null) await act(stop);
            else if (end is not null || next == NothingMore) return end;
            else await WaitAsync(next, changed, stop);
        }
    }

    // Until then, or until something changes; where it is far off perhaps not as long.
    private async Task WaitAsync(long next, Task changed, CancellationToken stop)
    {
        TimeSpan left = next == long.MaxValue ? Timeout.InfiniteTimeSpan : time.GetElapsedTime(time.GetTimestamp(), next);
        if (next != long.MaxValue && left <= Alarm.Soon)
        {
            await Task.WhenAny(changed, Alarm.SoonAsync(next, time));
            stop.ThrowIfCancellationRequested();
            return;
        }

        try
        {
            await changed.WaitAsync(next == long.MaxValue ? left : Alarm.Coarsely(left), time, stop);
        }
        catch (TimeoutException)
        {
            // Something is due soon.
        }
    }

    // What is due now; else how the connection ends, or when something is due next.
    private (Func<CancellationToken, Task>? Act, LineEnd? End, long Next, Task Changed) Next()
    {
        long now = time.GetTimestamp();
        lock (_items)
        {
            if (_changed.Task.IsCompleted) _changed = NoChange();
            bool hasItem = _items.TryPeek(out _, out (long DueAt, long) first), mayEnd = !hasItem && !dialect.IsHeldUp;
            if (hasItem && first.DueAt <= now)
            {
                _taken.TrySetResult();
                return (_items.Dequeue(), null, default, _changed.Task);
            }

            if (mayEnd && _end is { } end && end.DueAt <= now) return (null, end.How, default, _changed.Task);
            if (mayEnd && _isComplete) return (null, null, NothingMore, _changed.Task);
            return (null, null, hasItem ? first.DueAt : mayEnd && _end is { } later ? later.DueAt : long.MaxValue, _changed.Task);
        }
    }

    private async Task SayAsync(Func<ReadOnlyMemory<byte>> say)
    {
        ReadOnlyMemory<byte> bytes;
        lock (dialect) bytes = say();
        if (bytes.IsEmpty) return;
        await line.SendAsync(bytes);
        line.Said(bytes.Span);
    }

    private static TaskCompletionSource NoChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
