using Trama.Peers;
using Trama.Peers.Serving.Conducts;
using Trama.Replay.Adapting;

namespace Trama.Replay.Serving;

/// <summary>What is to be said to one client, each when it is due, in order where several are due.</summary>
/// <param name="line">The line to the client.</param>
/// <param name="dialect">How it is said; locked while it is used.</param>
/// <param name="time">The clock.</param>
internal sealed class Outbox(ClientLine line, Dialect dialect, TimeProvider time) : IDisposable
{
    // More are not read from a client that takes none of them.
    private const int Most = 1024;

    // Instead of when something is due next.
    private const long NothingMore = long.MinValue;

    private readonly Alarm _alarm = new(time);
    private readonly PriorityQueue<Func<CancellationToken, Task>, (long DueAt, long Order)> _items = new();
    private TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (long DueAt, LineEnd How)? _end;
    private long _order;
    private bool _isComplete;

    /// <summary>Something is to be said.</summary>
    /// <param name="dueAt">When, as a timestamp of the clock.</param>
    /// <param name="say">Gives its bytes, when it is said.</param>
    public void Add(long dueAt, Func<ReadOnlyMemory<byte>> say) => Add(dueAt, _ => SayAsync(say));

    /// <summary>Something is to be done before what comes after it is said. What is due now may be done in this call.</summary>
    /// <param name="dueAt">When, as a timestamp of the clock.</param>
    /// <param name="act">Does it.</param>
    public void Add(long dueAt, Func<CancellationToken, Task> act)
    {
        bool isFirst;
        lock (_items)
        {
            _items.Enqueue(act, (dueAt, _order++));
            isFirst = _items.Peek() == act;
        }

        // What comes after something else is seen when that is done.
        if (isFirst) _alarm.Ring();
    }

    /// <summary>Whether no more is to be said than a client may have asked for at once.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_items) return _items.Count < Most;
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
                if (_taken.Task.IsCompleted) _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
                taken = _taken.Task;
            }

            await taken.WaitAsync(stop);
        }
    }

    /// <summary>The connection is to be ended, unless something else happens before; null when it is not.</summary>
    public void EndAt((long DueAt, LineEnd How)? end)
    {
        lock (_items) _end = end;
        if (end is not null) _alarm.Ring();
    }

    /// <summary>The client is gone: what is still due is said, and that is all.</summary>
    public void Complete()
    {
        lock (_items) (_isComplete, _end) = (true, null);
        _alarm.Ring();
    }

    /// <summary>Says what is due until the end.</summary>
    /// <returns>How the connection is to be ended; null when all is said to a client that has closed.</returns>
    public async Task<LineEnd?> RunAsync(CancellationToken stop)
    {
        await using CancellationTokenRegistration stopping = _alarm.RingsAt(stop);
        while (true)
        {
            _alarm.Silence();
            stop.ThrowIfCancellationRequested();
            (Func<CancellationToken, Task>? act, LineEnd? end, long next) = Next();
            if (act is not null) await act(stop);
            else if (end is not null || next == NothingMore) return end;
            else await _alarm.UntilAsync(next);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _alarm.Dispose();

    // What is due now; else how the connection ends, or when something is due next.
    private (Func<CancellationToken, Task>? Act, LineEnd? End, long Next) Next()
    {
        long now = time.GetTimestamp();
        lock (_items)
        {
            bool hasItem = _items.TryPeek(out _, out (long DueAt, long) first), mayEnd = !hasItem && !dialect.IsHeldUp;
            if (hasItem && first.DueAt <= now)
            {
                _taken.TrySetResult();
                return (_items.Dequeue(), null, default);
            }

            if (mayEnd && _end is { } end && end.DueAt <= now) return (null, end.How, default);
            if (mayEnd && _isComplete) return (null, null, NothingMore);
            return (null, null, hasItem ? first.DueAt : mayEnd && _end is { } later ? later.DueAt : Alarm.Never);
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
}
