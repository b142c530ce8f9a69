namespace Trama.Tracing.Tracking;

/// <summary>What all connections together may keep of one kind. Each shard counts its own, and hears now and then of all.</summary>
internal sealed class BufferBudget(long limit)
{
    private bool _areAllSpent;

    /// <summary>How much this shard uses.</summary>
    public long Used { get; private set; }

    /// <summary>Whether there is nothing left.</summary>
    public bool IsSpent => _areAllSpent || Used > limit;

    /// <summary>Whether so much more is beyond the limit.</summary>
    public bool IsBeyond(long more) => _areAllSpent || Used + more > limit;

    public void Take(long count) => Used += count;

    public void Release(long count) => Used -= count;

    /// <summary>All shards together used so much a while ago.</summary>
    public void Heed(long usedByAll) => _areAllSpent = usedByAll > limit;
}
