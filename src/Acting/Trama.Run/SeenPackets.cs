using System.Buffers;
using Trama.Packets;

namespace Trama.Run;

/// <summary>
/// The packets that a gateway has seen, for another thread to read. Passing on never waits for the reader: what it is too slow for is
/// left out, and counted.
/// </summary>
public sealed class SeenPackets : IRecordSource
{
    /// <summary>The most bytes that wait for the reader.</summary>
    public const long MostWaiting = 64 << 20;

    // To be woken for each of many packets takes the time that passing them on needs.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    private readonly object _lock = new();
    private Queue<(Timestamp At, byte[] Bytes, int Length)> _added = new(), _taken = new();
    private byte[] _current = [];
    private bool _isComplete;
    private long _waiting;
    private long _dropped;

    /// <summary>How many packets were left out.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Called before the reader waits for a packet, and every so often while it does.</summary>
    public Action? Waiting { get; set; }

    /// <summary>How often <see cref="Waiting"/> is called.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Adds a copy of a packet; by one thread.</summary>
    public void Add(in Record record)
    {
        int length = record.Bytes.Length;
        if (Interlocked.Read(ref _waiting) + length > MostWaiting)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        record.Bytes.CopyTo(bytes);
        Interlocked.Add(ref _waiting, length);
        lock (_lock)
        {
            _added.Enqueue((record.Timestamp, bytes, length));
            if (_added.Count == 1) Monitor.Pulse(_lock);
        }
    }

    /// <summary>No more packets come.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            Monitor.Pulse(_lock);
        }
    }

    /// <inheritdoc/>
    public bool TryRead(out Record record)
    {
        record = default;
        if (_current.Length > 0) ArrayPool<byte>.Shared.Return(_current);
        _current = [];
        if (_taken.Count == 0 && !TryTakeAdded()) return false;
        (Timestamp at, _current, int length) = _taken.Dequeue();
        Interlocked.Add(ref _waiting, -length);
        record = new Record(at, LinkType.Raw, _current.AsSpan(0, length), length);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private bool TryTakeAdded()
    {
        while (true)
        {
            lock (_lock)
            {
                if (_added.Count > 0)
                {
                    (_added, _taken) = (_taken, _added);
                    return true;
                }

                if (_isComplete) return false;
            }

            Waiting?.Invoke();
            lock (_lock)
            {
                if (_added.Count == 0 && !_isComplete && !Monitor.Wait(_lock, Interval)) continue;
            }

            Thread.Sleep(Gathering);
        }
    }
}
