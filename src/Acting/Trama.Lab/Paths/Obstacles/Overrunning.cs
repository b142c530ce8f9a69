using Trama.Packets.Transport;

namespace Trama.Lab.Paths.Obstacles;

/// <summary>
/// A server whose TCP does not look at the window: when an acknowledgement of the client leaves, it sends segments beyond what that offers.
/// The windows are not scaled.
/// </summary>
/// <param name="trigger">The acknowledgement.</param>
/// <param name="segments">How many segments.</param>
/// <param name="bytes">The payload of each.</param>
/// <param name="timeToLive">The initial TTL of the server's host.</param>
internal sealed class Overrunning(Choice trigger, int segments, int bytes, int timeToLive) : IObstacle
{
    private bool _done;

    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire)
    {
        if (_done || !trigger(crossing)) return Fate.Pass;
        _done = true;
        SequenceNumber edge = crossing.Acknowledgement + crossing.Window;
        for (int i = 0; i < segments; i++)
        {
            byte[] packet = Forge.Segment(crossing.Destination, crossing.Source, edge + ((1 + i) * bytes),
                crossing.Sequence + crossing.Length, TcpFlags.Ack, timeToLive, crossing.Window, payload: new byte[bytes]);
            wire.At(crossing.Now + 2 * wire.OneWay, () => wire.Originate(Direction.ToClient, packet));
        }

        return Fate.Pass;
    }
}
