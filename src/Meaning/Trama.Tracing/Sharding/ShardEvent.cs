namespace Trama.Tracing.Sharding;

/// <summary>What a sink is to be told in the order of the capture.</summary>
/// <param name="Step">The place of its step in the batch.</param>
/// <param name="TextEnd">Where what was written of an exchange ends.</param>
/// <param name="HasObject">Whether an object belongs to it: the exchange that is complete, or what a part made of the connection.</param>
/// <param name="IsEnd">Whether the connection ends.</param>
internal readonly record struct ShardEvent(int Step, int TextEnd, bool HasObject, bool IsEnd);
