namespace Trama.Scrubbing.Checking;

/// <summary>The first thing that differs between a connection and its scrubbed copy.</summary>
/// <param name="Connection">The connection's number; 0 for the capture.</param>
/// <param name="Exchange">The exchange's number; 0 where it is about no single one.</param>
/// <param name="Part">What differs.</param>
public sealed record ShapeDifference(long Connection, long Exchange, ShapePart Part);
