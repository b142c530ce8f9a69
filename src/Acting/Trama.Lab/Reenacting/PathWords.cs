using Trama.Lab.Paths;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Lab.Reenacting;

/// <summary>What the path itself said then, it says again: ICMP errors, and RSTs in a host's name.</summary>
internal sealed class PathWords(IReadOnlyList<SceneError> errors, IReadOnlyList<SceneReset> resets) : IObstacle
{
    // A host's packets arrive with one router less than this.
    private const int TimeToLive = 63;

    private readonly int[] _said = new int[errors.Count];
    private readonly bool[] _isReset = new bool[resets.Count];

    private static IpAddress Router => IpAddress.FromBytes([203, 0, 113, 1]);

    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire)
    {
        bool isByClient = crossing.Direction == Direction.ToServer;
        for (int index = 0; index < resets.Count; index++)
        {
            SceneReset reset = resets[index];
            if (_isReset[index] || reset.ByClient != isByClient || !RecordedFates.Carries(crossing, reset.Offset)) continue;
            _isReset[index] = true;
            wire.Send(Made(reset, crossing), crossing.Now + reset.AfterNs);
        }

        for (int index = 0; index < errors.Count; index++)
        {
            SceneError error = errors[index];
            if (error.ToServer != isByClient || _said[index] >= error.Times) continue;
            if (!RecordedFates.Carries(crossing, error.Offset)) continue;
            _said[index]++;
            byte[] message = error.Mtu > 0
                ? UnreachableMessage.TooBig(Router, crossing.Packet, error.Mtu)
                : UnreachableMessage.Of(Router, crossing.Packet, error.Code);
            wire.Send(new Delivery(crossing.Direction.Back(), message), crossing.Now + error.AfterNs);
            return Fate.Drop("reported");
        }

        return Fate.Pass;
    }

    private static Delivery Made(SceneReset reset, in Crossing crossing)
    {
        SequenceNumber next = crossing.Sequence + crossing.Length;
        // In the name of the one that sent the segment it goes on there, in the other's where that was acknowledged.
        bool isSenders = reset.ByClient == reset.ToServer;
        (Endpoint from, Endpoint to) = isSenders ? (crossing.Source, crossing.Destination) : (crossing.Destination, crossing.Source);
        (SequenceNumber sequence, SequenceNumber acknowledged) = isSenders
            ? (next, crossing.Acknowledgement) : (crossing.Acknowledgement, next);
        byte[] packet = Forge.Segment(from, to, sequence, acknowledged, TcpFlags.Rst | TcpFlags.Ack,
            Math.Clamp(TimeToLive + reset.Hops, 1, byte.MaxValue));
        return new Delivery(reset.ToServer ? Direction.ToServer : Direction.ToClient, packet);
    }
}
