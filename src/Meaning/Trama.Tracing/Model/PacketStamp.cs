using Trama.Packets;

namespace Trama.Tracing;

/// <summary>Which packet of the capture, and when it was seen.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="At">When it was seen.</param>
public readonly record struct PacketStamp(long Number, Timestamp At);
