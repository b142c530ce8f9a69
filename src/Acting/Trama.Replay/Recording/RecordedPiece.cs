using Trama.Tracing;

namespace Trama.Replay.Recording;

/// <summary>Bytes of a recorded connection as they came, of the innermost layer that was decrypted.</summary>
/// <param name="From">Who sent them.</param>
/// <param name="AtNs">When they were complete, in nanoseconds since the connection was first seen.</param>
/// <param name="Missing">How many bytes are missing before them; negative when nobody knows.</param>
/// <param name="Bytes">The bytes.</param>
public readonly record struct RecordedPiece(Side From, long AtNs, long Missing, ReadOnlyMemory<byte> Bytes);
