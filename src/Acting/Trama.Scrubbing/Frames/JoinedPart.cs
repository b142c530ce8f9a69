namespace Trama.Scrubbing.Frames;

/// <summary>What a fragment is of.</summary>
/// <param name="Packet">The packet.</param>
/// <param name="Offset">Where the fragment begins in what the packet carries, in bytes.</param>
/// <param name="CompletedBy">The number of the record with which the packet was complete.</param>
internal readonly record struct JoinedPart(JoinedPacket Packet, int Offset, long CompletedBy);
