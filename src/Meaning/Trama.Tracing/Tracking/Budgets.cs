namespace Trama.Tracing.Tracking;

/// <summary>What the connections of a shard may keep of everything that all connections together have a limit for.</summary>
internal sealed class Budgets(TracingOptions options)
{
    /// <summary>How many limits there are.</summary>
    public const int Count = 5;

    /// <summary>Bytes beyond holes, and those that wait for an acknowledgement.</summary>
    public BufferBudget Bytes { get; } = new(options.MaxBufferedBytes);

    /// <summary>Segments of connections that have not ended.</summary>
    public BufferBudget Segments { get; } = new(options.MaxKeptSegments);

    /// <summary>Exchanges of connections that have not ended.</summary>
    public BufferBudget Exchanges { get; } = new(options.MaxKeptExchanges - 1L);

    /// <summary>Long beginnings of messages, in bytes.</summary>
    public BufferBudget Heads { get; } = new(options.MaxHeadBytes);

    /// <summary>What is held while TLS secrets are waited for, in bytes.</summary>
    public BufferBudget Held { get; } = new(HeldSteps.MaxTotal);

    private BufferBudget[] All => field ??= [Bytes, Segments, Exchanges, Heads, Held];

    /// <summary>How much is used of a limit.</summary>
    public long Used(int limit) => All[limit].Used;

    /// <summary>What all shards used a while ago.</summary>
    /// <param name="used">By all, of each limit.</param>
    public void Heed(ReadOnlySpan<long> used)
    {
        for (int i = 0; i < Count; i++) All[i].Heed(used[i]);
    }
}
