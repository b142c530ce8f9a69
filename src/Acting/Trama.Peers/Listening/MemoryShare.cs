namespace Trama.Peers.Listening;

/// <summary>What one connection holds of a <see cref="MemoryBudget"/>. One may take at a time; anybody may add or end.</summary>
internal sealed class MemoryShare(MemoryBudget budget)
{
    private long _held;
    private MemoryBudget.Claim? _claim;
    private volatile bool _isOver;

    /// <summary>How many bytes it holds.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>Takes bytes, once there is room for them.</summary>
    /// <returns>Whether it has; false when it was ended.</returns>
    public ValueTask<bool> TakeAsync(long bytes)
    {
        if (_isOver) return new(false);
        if (!budget.TryTake(bytes, Held)) return AskAsync(bytes);
        Interlocked.Add(ref _held, bytes);
        return new(true);
    }

    /// <summary>Takes bytes beyond the limit, or gives them back.</summary>
    public void Add(long bytes)
    {
        Interlocked.Add(ref _held, bytes);
        budget.Add(bytes);
    }

    /// <summary>Waits no more for memory.</summary>
    public void End()
    {
        _isOver = true;
        if (Volatile.Read(ref _claim) is { } claim) budget.Withdraw(claim);
    }

    private async ValueTask<bool> AskAsync(long bytes)
    {
        MemoryBudget.Claim claim = budget.Ask(bytes, Held);
        Volatile.Write(ref _claim, claim);
        Interlocked.MemoryBarrier();
        if (_isOver) budget.Withdraw(claim);
        bool granted = await claim.Granted.Task;
        Volatile.Write(ref _claim, null);
        if (granted) Interlocked.Add(ref _held, bytes);
        return granted;
    }
}
