namespace Trama.Framing;

/// <summary>Names one of the messages in progress.</summary>
/// <param name="Direction">The stream that carries it.</param>
/// <param name="Layer">The layer that cut it, counted from 0 at the wire.</param>
/// <param name="Number">Which of the layer's open messages: <see cref="FrameStep.Message"/>.</param>
public readonly record struct MessageId(Direction Direction, int Layer, long Number);
