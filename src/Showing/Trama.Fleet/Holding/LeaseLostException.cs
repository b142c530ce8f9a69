namespace Trama.Fleet.Holding;

/// <summary>Another hub has taken the partition: what was not acknowledged yet is its own now.</summary>
public sealed class LeaseLostException() : Exception("the partition's lease was taken by another hub");
