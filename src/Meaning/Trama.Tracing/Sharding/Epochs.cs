using Trama.Tracing.Tracking;

namespace Trama.Tracing.Sharding;

/// <summary>
/// Lets shards heed limits for all connections together, by what all of them used some batches ago: the same, however many threads there
/// are and whichever is ahead. So much as a few batches hold may come beyond a limit.
/// </summary>
internal sealed class Epochs
{
    /// <summary>How many batches lie between what is used and the shards' hearing of it, and so how many there are.</summary>
    public const int Lag = 4;

    private readonly long[][] _used = [.. Enumerable.Range(0, Lag).Select(_ => new long[Budgets.Count])];
    private readonly long[] _total = new long[Budgets.Count];

    /// <summary>What all shards used when a batch begins to be filled, as far as it may be known then.</summary>
    public ReadOnlySpan<long> Before(long batch) => _used[batch % Lag];

    /// <summary>A batch is done, and all before it.</summary>
    /// <param name="batch">Its number.</param>
    /// <param name="change">By how much more is used of each limit after it.</param>
    public void End(long batch, ReadOnlySpan<long> change)
    {
        for (int i = 0; i < _total.Length; i++) _total[i] += change[i];
        _total.CopyTo(_used[batch % Lag], 0);
    }
}
