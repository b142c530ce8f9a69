using System.Runtime.InteropServices;
using Trama.Packets.Network;

namespace Trama.Dump.Transport;

/// <summary>
/// The sequence numbers that TCP connections started from, so that later ones are shown relative to them: the first segment
/// with an acknowledgement sets both sides' origin, and so does any later one that has SYN and ACK.
/// </summary>
internal sealed class RelativeSequences
{
    private readonly Dictionary<Pair, Origins> _known = [];

    /// <summary>Makes the numbers of a segment that has ACK relative, unless it is the one that sets the origins.</summary>
    /// <returns>The origin of the numbers that the other side sends, from which its selective acknowledgements count.</returns>
    public uint Relate(IpAddress source, ushort sourcePort, IpAddress destination, ushort destinationPort, bool isSyn, ref uint sequence, ref uint acknowledgement)
    {
        bool reversed = sourcePort != destinationPort ? sourcePort > destinationPort : source.CompareTo(destination) > 0;
        var pair = reversed
            ? new Pair(destination, source, destinationPort, sourcePort)
            : new Pair(source, destination, sourcePort, destinationPort);
        ref Origins origins = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, pair, out bool exists);
        if (!exists || isSyn)
        {
            origins = reversed ? new Origins(acknowledgement - 1, sequence) : new Origins(sequence, acknowledgement - 1);
        }
        else
        {
            sequence -= reversed ? origins.Second : origins.First;
            acknowledgement -= reversed ? origins.First : origins.Second;
        }

        return reversed ? origins.First : origins.Second;
    }

    /// <summary>A connection's two ends, the one with the lower port first: the same for both directions.</summary>
    private readonly record struct Pair(IpAddress First, IpAddress Second, ushort FirstPort, ushort SecondPort);

    /// <summary>The first sequence number of each end.</summary>
    private readonly record struct Origins(uint First, uint Second);
}
