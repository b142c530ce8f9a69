namespace Trama.Tracing.Sharding;

/// <summary>Something that happens to a connection, to be worked on by its shard. A segment follows behind it.</summary>
/// <param name="Packet">The number of the packet, of a segment and of an error.</param>
/// <param name="Place">Its place in the batch.</param>
/// <param name="Connection">Which of the objects of <see cref="ShardSteps"/> the connection is.</param>
/// <param name="Error">Which of them the error is, of an error.</param>
/// <param name="Kind">What happens.</param>
/// <param name="From">Who sent the segment.</param>
/// <param name="IsOrderKept">Whether the capture has kept its packets in order as far as the segment.</param>
internal readonly record struct ShardStep(
    long Packet, int Place, int Connection, int Error, ShardStepKind Kind, Side From = default, bool IsOrderKept = false);
