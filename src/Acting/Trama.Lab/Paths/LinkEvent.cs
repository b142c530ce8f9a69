using Trama.Packets.Transport;

namespace Trama.Lab.Paths;

/// <summary>Something that the path did to a packet, for the log.</summary>
/// <param name="At">When, in nanoseconds since the epoch.</param>
/// <param name="Action">What: drop, hold, duplicate, forged-rst, icmp, icmp-too-big, translate, blackout, vanish.</param>
/// <param name="Direction">Which way; null for both. Of a host that vanishes, the way in which it sent.</param>
/// <param name="ClientPort">The client's port; null when it was no packet of a connection.</param>
/// <param name="Flags">The segment's control bits.</param>
/// <param name="Length">Its payload, in bytes.</param>
/// <param name="PacketLength">The IP packet, in bytes.</param>
/// <param name="Offset">Where its payload starts in its stream.</param>
/// <param name="Reason">Why, where the action does not say it.</param>
internal sealed record LinkEvent(
    long At,
    string Action,
    Direction? Direction,
    int? ClientPort = null,
    TcpFlags Flags = TcpFlags.None,
    int Length = 0,
    int PacketLength = 0,
    long Offset = 0,
    string? Reason = null)
{
    /// <summary>An event of a packet.</summary>
    public static LinkEvent Of(in Crossing crossing, string action, string? reason = null) => new(
        crossing.Now, action, crossing.Direction, crossing.ClientPort, crossing.Flags, crossing.Length, crossing.Packet.Length,
        crossing.Offset, reason);
}
