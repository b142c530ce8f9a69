using Trama.Framing.Bodies;

namespace Trama.Tracing.Tracking;

/// <summary>What the connections of a shard share: all that work on one of them needs, and one thread at a time uses.</summary>
/// <param name="Options">What to keep.</param>
/// <param name="Sink">Hears of everything.</param>
/// <param name="Totals">Where connections that end are counted; null where the sink sees to that.</param>
internal sealed record TrackerContext(TracingOptions Options, ITraceSink Sink, CaptureTotals? Totals = null)
{
    private MessagePool? _pool;

    /// <summary>
    /// Where messages come from. Made where it is used first: next to what another thread writes, it would cost both threads dearly.
    /// </summary>
    public MessagePool Pool => _pool ??= new MessagePool(Options, Budgets, new SpareMessages());

    /// <summary>Says which thread works: messages come from its own.</summary>
    public void Use(SpareMessages spares)
    {
        if (_pool is null) _pool = new MessagePool(Options, Budgets, spares);
        else _pool.Spares = spares;
    }

    /// <summary>What may be kept.</summary>
    public Budgets Budgets { get; } = new(Options);

    /// <summary>What reading bodies may cost; null when nobody wants them.</summary>
    public BodyReading? Bodies { get; } = Options.Bodies == BodyNeeds.None
        ? null
        : new BodyReading(Totals is null ? BodyReading.ShardAdvance : BodyReading.Advance)
        {
            TellsAll = Options.Bodies == BodyNeeds.Content,
        };

    /// <summary>Whether the capture keeps its packets in order, as far as the segment at hand.</summary>
    public bool IsOrderKept { get; set; } = true;
}
