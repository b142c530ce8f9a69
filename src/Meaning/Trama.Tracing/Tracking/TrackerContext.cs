using Trama.Framing.Bodies;

namespace Trama.Tracing.Tracking;

/// <summary>What all tracked connections share.</summary>
internal sealed record TrackerContext(TracingOptions Options, ITraceSink Sink, BufferBudget Budget, CaptureTotals Totals)
{
    private MessagePool? _pool;

    /// <summary>
    /// Where messages come from. Made where it is used first: next to what another thread writes, it would cost both threads dearly.
    /// </summary>
    public MessagePool Pool => _pool ??= new MessagePool(Options);

    /// <summary>What the connections that have not ended may keep of their segments.</summary>
    public BufferBudget KeptSegments { get; } = new(Options.MaxKeptSegments);

    /// <summary>What may be held while TLS secrets are waited for.</summary>
    public BufferBudget Held { get; } = new(HeldSteps.MaxTotal);

    /// <summary>What reading bodies may cost; null when nobody wants them.</summary>
    public BodyReading? Bodies { get; } =
        Options.Bodies == BodyNeeds.None ? null : new BodyReading { TellsAll = Options.Bodies == BodyNeeds.Content };

    /// <summary>Where messages are built.</summary>
    public MessageLane Lane { get; } = new(Options.MessagesApart && !Options.TellSegments);

    /// <summary>Whether the capture keeps its packets in order.</summary>
    public CaptureOrder Order { get; } = new();
}
