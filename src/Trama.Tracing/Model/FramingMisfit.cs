namespace Trama.Tracing;

/// <summary>A framing that did not fit the bytes of a stream.</summary>
/// <param name="From">Who sent the bytes.</param>
/// <param name="Offset">Where in the stream the misfit was found, in bytes from its start.</param>
/// <param name="Framing">The framing that was tried.</param>
/// <param name="Reason">What does not fit, in a few words.</param>
public sealed record FramingMisfit(Side From, long Offset, string Framing, string Reason);
