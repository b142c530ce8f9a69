using Trama.Packets.Transport;

namespace Trama.Lab.Paths.Obstacles;

/// <summary>
/// A device on the path that ends a connection it does not like: it sends RST to both ends in the other's name, and lets nothing
/// more of the connection through.
/// </summary>
/// <param name="trigger">The packet that it does not like.</param>
/// <param name="hopsFromSender">How many routers are between the sender of that packet and the device.</param>
/// <param name="timeToLive">The time to live with which it sends.</param>
/// <param name="forward">Whether it lets the packet itself through.</param>
internal sealed class ResetForger(Choice trigger, int hopsFromSender, int timeToLive, bool forward) : IObstacle
{
    // What the device needs to make a packet.
    private const long Work = 60_000;

    private int? _clientPort;

    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire)
    {
        if (_clientPort is { } port) return port == crossing.ClientPort ? Fate.Drop("middlebox") : Fate.Pass;
        if (!trigger(crossing)) return Fate.Pass;
        _clientPort = crossing.ClientPort;
        int hops = wire.Settings.Hops;
        SequenceNumber end = crossing.Sequence + (forward ? crossing.Length : 0);
        byte[] onward = Forge.Segment(
            crossing.Source, crossing.Destination, end, crossing.Acknowledgement, TcpFlags.Rst | TcpFlags.Ack,
            timeToLive - (hops - hopsFromSender));
        byte[] back = Forge.Segment(
            crossing.Destination,
            crossing.Source,
            crossing.Acknowledgement,
            crossing.Sequence + crossing.Length,
            TcpFlags.Rst | TcpFlags.Ack,
            timeToLive - hopsFromSender);
        wire.Send(new Delivery(crossing.Direction, onward), crossing.Now + wire.OneWay + Work);
        wire.Send(new Delivery(crossing.Direction.Back(), back),
            crossing.Now + (2 * wire.OneWay * hopsFromSender / Math.Max(hops, 1)) + Work);
        foreach (Direction direction in (ReadOnlySpan<Direction>)[crossing.Direction, crossing.Direction.Back()])
        {
            wire.Events.Add(LinkEvent.Of(crossing, "forged-rst") with { Direction = direction });
        }

        return forward ? Fate.Pass : Fate.Drop("middlebox");
    }
}
