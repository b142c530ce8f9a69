namespace Trama.Tracing.Tracking;

/// <summary>What all tracked connections share.</summary>
internal sealed record TrackerContext(TracingOptions Options, ITraceSink Sink, MessagePool Pool, BufferBudget Budget)
{
    /// <summary>Where messages are built.</summary>
    public MessageLane Lane { get; } = new(Options.MessagesApart && !Options.TellSegments);

    /// <summary>Whether the capture keeps its packets in order.</summary>
    public CaptureOrder Order { get; } = new();
}
