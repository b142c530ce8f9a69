namespace Trama.Tracing.Tracking;

/// <summary>What all streams together may keep beyond their holes, in bytes.</summary>
internal sealed class BufferBudget(long limit)
{
    private long _used;

    public bool IsSpent => _used > limit;

    public void Take(int bytes) => _used += bytes;

    public void Release(int bytes) => _used -= bytes;
}
