using Trama.Packets.Building;
using Trama.Packets.Network;

namespace Trama.Lab.Paths.Obstacles;

/// <summary>A router whose next link takes smaller packets, and says so (RFC 1191, RFC 8201); the sender's firewall keeps that from its
/// TCP.</summary>
/// <param name="way">The direction of the narrow link.</param>
/// <param name="largest">The largest packet that passes, in bytes.</param>
/// <param name="router">The router's address.</param>
internal sealed class Narrow(Direction way, int largest, IpAddress router) : IObstacle
{
    private const int TimeToLive = 64;

    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire)
    {
        if (crossing.Direction != way || crossing.Packet.Length <= largest) return Fate.Pass;
        wire.Log(crossing, "icmp-too-big", $"mtu {largest}");
        byte[] message = UnreachableMessage.TooBig(router, crossing.Packet, largest, TimeToLive);
        wire.Send(new Delivery(way.Back(), message, Refused: true), crossing.Now + wire.OneWay);
        return Fate.Drop("mtu");
    }
}
