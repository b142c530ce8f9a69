namespace Trama.Tracing;

/// <summary>The timestamps option of a segment (RFC 7323 section 3.2).</summary>
/// <param name="Value">The sender's clock, in ticks of its own.</param>
/// <param name="Echo">The other side's value that it answers; counts only with the ACK flag.</param>
public readonly record struct SegmentTimestamps(uint Value, uint Echo);
