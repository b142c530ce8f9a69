namespace Trama.Peers.Serving.Conducts;

/// <summary>What waits to be sent to one client: in order, and no more than a limit.</summary>
/// <param name="send">Sends a message; false when no more can be sent.</param>
/// <param name="limit">The most bytes that wait; a single message may have more.</param>
/// <param name="hold">Notes what a place in it takes of memory, and gives it back; the messages themselves are shared.</param>
internal sealed class Outbox(Func<byte[], ValueTask<bool>> send, long limit, Action<long> hold)
{
    // What a message costs beside its bytes.
    private const int Overhead = 64;

    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _waiting = new();
    private readonly TaskCompletionSource _allSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _size;
    private bool _isSending;
    private bool _isOver;

    /// <summary>Whether the limit was met. What waited is forgotten then.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Adds a message, which other clients may share. False when it will not be sent.</summary>
    public bool TryAdd(byte[] message)
    {
        lock (_gate)
        {
            if (_isOver) return false;
            IsFull = _size > 0 && _size + message.Length + Overhead > limit;
            if (IsFull)
            {
                Forget();
                return false;
            }

            _waiting.Enqueue(message);
            _size += message.Length + Overhead;
            hold(Overhead);
            if (_isSending) return true;
            _isSending = true;
        }

        _ = SendAllAsync();
        return true;
    }

    /// <summary>Takes no more messages, and waits until those that wait are sent or cannot be.</summary>
    public Task EndAsync()
    {
        lock (_gate)
        {
            _isOver = true;
            return _isSending ? _allSent.Task : Task.CompletedTask;
        }
    }

    private async Task SendAllAsync()
    {
        while (TryTake(out byte[] message))
        {
            bool sent = await send(message);
            lock (_gate)
            {
                _size -= message.Length + Overhead;
                hold(-Overhead);
                if (!sent) Forget();
            }
        }
    }

    private bool TryTake(out byte[] message)
    {
        lock (_gate)
        {
            _isSending = _waiting.TryDequeue(out message!);
            if (!_isSending && _isOver) _allSent.TrySetResult();
            return _isSending;
        }
    }

    private void Forget()
    {
        _isOver = true;
        hold(-Overhead * _waiting.Count);
        _waiting.Clear();
    }
}
