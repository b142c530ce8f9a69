using Trama.Framing;

namespace Trama.Tracing;

/// <summary>A framing that did not fit the bytes of a stream.</summary>
/// <param name="From">Who sent the bytes.</param>
/// <param name="Framing">The name of the framing that was tried.</param>
/// <param name="Failure">Where in the stream, and why.</param>
public readonly record struct FramingMisfit(Side From, string Framing, FramingFailure Failure);
