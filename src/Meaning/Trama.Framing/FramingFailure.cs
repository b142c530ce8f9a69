namespace Trama.Framing;

/// <summary>Where and why a stream stopped fitting its framing.</summary>
/// <param name="Fault">The reason.</param>
/// <param name="Offset">The byte that does not fit, counted from 0 at the beginning of the stream.</param>
public readonly record struct FramingFailure(FramingFault Fault, long Offset);
