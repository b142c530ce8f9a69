namespace Trama.Tracing;

/// <summary>Where bytes come from that a layer of a connection carried to the one above it.</summary>
/// <param name="Depth">The layer that carried them, counted from 0 at the wire.</param>
/// <param name="Protocol">Its name (<c>tls</c>).</param>
/// <param name="Missing">How many bytes are missing before them: 0 for none, negative when nobody knows.</param>
/// <param name="Packet">The packet with which they were complete.</param>
public readonly record struct CarriedPiece(int Depth, string Protocol, long Missing, PacketStamp Packet);
