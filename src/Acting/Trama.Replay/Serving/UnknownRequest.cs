namespace Trama.Replay.Serving;

/// <summary>A request that was not recorded.</summary>
/// <param name="Connection">The number of the live connection.</param>
/// <param name="Operation">What it asks for, in UTF-8; it may hold any byte that a peer sent.</param>
/// <param name="Answer">What it gets.</param>
/// <param name="Nearest">The operation of the recorded request that it is answered as; null when it is not.</param>
public readonly record struct UnknownRequest(
    long Connection, ReadOnlyMemory<byte> Operation, UnknownAnswer Answer, ReadOnlyMemory<byte>? Nearest = null);
