namespace Trama.Tracing;

/// <summary>
/// What the path between a connection's real ends was like, by the kernel's own count: where the segments of a capture passed between a
/// program and a gateway in its machine alone.
/// </summary>
/// <param name="RoundTripNs">The smoothed round-trip time, in nanoseconds.</param>
/// <param name="LeastRoundTripNs">The shortest one, in nanoseconds.</param>
/// <param name="Segments">How many segments with data this machine sent, those sent again among them.</param>
/// <param name="Retransmissions">How many segments it sent again.</param>
/// <param name="OutOfOrder">How many segments came to it out of order, so that others before them were lost or late.</param>
public readonly record struct RealPath(long RoundTripNs, long LeastRoundTripNs, long Segments, long Retransmissions, long OutOfOrder);
