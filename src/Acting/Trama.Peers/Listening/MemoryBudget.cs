namespace Trama.Peers.Listening;

/// <summary>
/// The memory that all connections of a peer may hold together for what was said and is not dealt with yet. Who wants more waits, in
/// order, until others have given enough back. Safe for threads.
/// </summary>
/// <param name="limit">In bytes. Who alone holds anything may go beyond it: other limits hold for one.</param>
internal sealed class MemoryBudget(long limit)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Claim> _waiting = new();
    private long _held;
    private int _claims;
    private bool _wasGiven;

    /// <summary>How many bytes are held.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>Whether somebody waits, and nothing was given back since the last time that this was asked.</summary>
    public bool IsStuck()
    {
        lock (_gate)
        {
            bool stuck = !_wasGiven && _waiting.Count > 0;
            _wasGiven = false;
            return stuck;
        }
    }

    /// <summary>Whether the first that waits could go on if so many bytes were given back.</summary>
    public bool HasRoomWith(long freed)
    {
        lock (_gate) return _waiting.First is not { Value: var first } || Held - freed + first.Bytes <= limit;
    }

    /// <summary>Takes bytes when there is room, or who asks holds all that is held.</summary>
    public bool TryTake(long bytes, long alreadyHeld)
    {
        if (Volatile.Read(ref _claims) > 0) return false;
        if (Interlocked.Add(ref _held, bytes) is var held && (held <= limit || held - bytes == alreadyHeld)) return true;
        Interlocked.Add(ref _held, -bytes);
        return false;
    }

    /// <summary>Takes bytes beyond the limit, or gives them back.</summary>
    public void Add(long bytes)
    {
        Interlocked.Add(ref _held, bytes);
        if (bytes < 0 && Volatile.Read(ref _claims) > 0) Grant(given: true);
    }

    /// <summary>Asks for bytes.</summary>
    /// <returns>What comes of it.</returns>
    public Claim Ask(long bytes, long alreadyHeld)
    {
        var claim = new Claim(bytes, alreadyHeld);
        lock (_gate)
        {
            claim.Place = _waiting.AddLast(claim);
            Interlocked.Increment(ref _claims);
        }

        // What was given back meanwhile may be enough.
        Grant(given: false);
        return claim;
    }

    /// <summary>Asks no more. Nothing happens when it was granted.</summary>
    public void Withdraw(Claim claim)
    {
        lock (_gate)
        {
            if (claim.Place is not { List: not null } place) return;
            _waiting.Remove(place);
            Interlocked.Decrement(ref _claims);
        }

        claim.Granted.TrySetResult(false);
        Grant(given: false);
    }

    private void Grant(bool given)
    {
        lock (_gate)
        {
            _wasGiven |= given;
            while (_waiting.First is { Value: var first } && (Held + first.Bytes <= limit || Held == first.AlreadyHeld))
            {
                _waiting.RemoveFirst();
                Interlocked.Decrement(ref _claims);
                Interlocked.Add(ref _held, first.Bytes);
                first.Granted.TrySetResult(true);
            }
        }
    }

    /// <summary>Bytes that were asked for.</summary>
    internal sealed class Claim(long bytes, long alreadyHeld)
    {
        /// <summary>How many.</summary>
        public long Bytes { get; } = bytes;

        /// <summary>How many who asks holds already.</summary>
        public long AlreadyHeld { get; } = alreadyHeld;

        /// <summary>Its place among those that wait.</summary>
        public LinkedListNode<Claim>? Place { get; set; }

        /// <summary>Whether they were granted, once that is known.</summary>
        public TaskCompletionSource<bool> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
