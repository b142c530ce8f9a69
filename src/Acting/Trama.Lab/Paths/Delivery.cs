namespace Trama.Lab.Paths;

/// <summary>A packet that arrives at the end of the path.</summary>
/// <param name="Direction">Which way it went.</param>
/// <param name="Packet">The IP packet as it arrives.</param>
/// <param name="Refused">Whether the host's firewall takes it: a capture on the host sees it, its TCP does not.</param>
internal sealed record Delivery(Direction Direction, byte[] Packet, bool Refused = false);
