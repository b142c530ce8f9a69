namespace Trama.Tracing.Tracking;

/// <summary>What all connections together may keep: bytes beyond holes, or segments.</summary>
internal sealed class BufferBudget(long limit)
{
    private long _used;

    public bool IsSpent => _used > limit;

    public void Take(int count) => _used += count;

    public void Release(int count) => _used -= count;
}
