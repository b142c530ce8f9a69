namespace Trama.Tracing;

/// <summary>Round trip times, in nanoseconds.</summary>
/// <param name="MinNs">The shortest one.</param>
/// <param name="P50Ns">The median.</param>
/// <param name="MaxNs">The longest one.</param>
public readonly record struct RoundTripTime(long MinNs, long P50Ns, long MaxNs);
