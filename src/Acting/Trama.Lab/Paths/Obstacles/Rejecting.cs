using Trama.Packets.Building;
using Trama.Packets.Network;

namespace Trama.Lab.Paths.Obstacles;

/// <summary>Answers SYNs with an ICMP destination unreachable message: a router on the path, or the server's own firewall.</summary>
/// <param name="router">The router's address; null when the server's host answers.</param>
/// <param name="hopsFromClient">How many routers are before it.</param>
/// <param name="code">The code of the message, RFC 792 or RFC 4443.</param>
internal sealed class Rejecting(IpAddress? router, int hopsFromClient, int code) : IObstacle
{
    private const int TimeToLive = 64;
    private const long Work = 60_000;

    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire)
    {
        if (!crossing.IsSyn) return Fate.Pass;
        wire.Log(crossing, "icmp", $"code {code}");
        if (router is { } address)
        {
            byte[] message = UnreachableMessage.Of(address, crossing.Packet, code, TimeToLive - Math.Max(hopsFromClient - 1, 0));
            wire.Send(new Delivery(Direction.ToClient, message),
                crossing.Now + (2 * wire.OneWay * hopsFromClient / Math.Max(wire.Settings.Hops, 1)) + Work);
            return Fate.Drop("rejected");
        }

        byte[] packet = crossing.Packet.ToArray();
        HopCount.Lower(packet, wire.Settings.Hops);
        byte[] answer = UnreachableMessage.Of(crossing.Destination.Address, packet, code, TimeToLive);
        // It leaves the server's host like any packet of that host, and its capture sees it.
        wire.At(crossing.Now + wire.OneWay + Work, () => wire.Originate(Direction.ToClient, answer));
        return Fate.Refuse;
    }
}
