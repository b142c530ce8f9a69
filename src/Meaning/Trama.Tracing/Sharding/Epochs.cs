using Trama.Tracing.Tracking;

namespace Trama.Tracing.Sharding;

/// <summary>
/// Lets shards heed limits for all connections together, by what all of them used some epochs ago: the same, however many threads there
/// are and whichever is ahead, and however often somebody wanted to be told meanwhile. An epoch is as long as a full batch, so that its
/// end is a place in the capture. So much as a few of them hold may come beyond a limit.
/// </summary>
internal sealed class Epochs
{
    /// <summary>How many epochs lie between what is used and the shards' hearing of it, and so how many batches there are.</summary>
    public const int Lag = 4;

    private readonly long[][] _used = [.. Enumerable.Range(0, Lag).Select(_ => new long[Budgets.Count])];
    private readonly long[] _total = new long[Budgets.Count];

    /// <summary>What all shards used when an epoch begins, as far as it may be known then.</summary>
    public ReadOnlySpan<long> Before(long epoch) => _used[epoch % Lag];

    /// <summary>A part of an epoch is done, and all before it.</summary>
    /// <param name="change">By how much more is used of each limit after it.</param>
    public void Add(ReadOnlySpan<long> change)
    {
        for (int i = 0; i < _total.Length; i++) _total[i] += change[i];
    }

    /// <summary>An epoch is done, all its parts added, and all before it.</summary>
    public void End(long epoch) => _total.CopyTo(_used[epoch % Lag], 0);
}
