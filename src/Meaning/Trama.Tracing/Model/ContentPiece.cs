using Trama.Framing.Bodies;

namespace Trama.Tracing;

/// <summary>Where a part of what a message says comes from.</summary>
/// <param name="Depth">The layer that cut the message, counted from 0 at the wire.</param>
/// <param name="Stream">The stream of its protocol that carries the message (HTTP/2); 0 where a connection has but one.</param>
/// <param name="Kind">What the bytes are.</param>
/// <param name="Missing">How many bytes are missing before them; 0 for none.</param>
/// <param name="Obstacle">With a body's end: why it was not decoded, or only its beginning.</param>
/// <param name="Packet">The packet with which they were complete.</param>
public readonly record struct ContentPiece(
    int Depth, long Stream, ContentKind Kind, long Missing, BodyObstacle Obstacle, PacketStamp Packet);
