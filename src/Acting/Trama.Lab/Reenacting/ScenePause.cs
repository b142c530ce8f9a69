namespace Trama.Lab.Reenacting;

/// <summary>A program that does not read for a while, so that its window closes.</summary>
/// <param name="Bytes">How many bytes it has read when it stops.</param>
/// <param name="UntilNs">When it goes on, in nanoseconds since the connection was open.</param>
public readonly record struct ScenePause(long Bytes, long UntilNs);
