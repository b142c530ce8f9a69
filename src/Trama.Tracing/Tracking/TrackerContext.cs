namespace Trama.Tracing.Tracking;

/// <summary>What all tracked connections share.</summary>
internal sealed record TrackerContext(TracingOptions Options, ITraceSink Sink, MessagePool Pool, BufferBudget Budget);
