using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Network;

namespace Trama.Scrubbing.Frames;

/// <summary>
/// Puts fragments of IP together before anything is scrubbed, so that what a packet carries is scrubbed as if it had come in one piece.
/// Holds a bounded number of unfinished packets, as the tracker does; a new one drops the oldest, whose parts become filler.
/// </summary>
internal sealed class FragmentCollector
{
    private const int MaxOpen = 64;

    private readonly Dictionary<(IpAddress, IpAddress, uint, IpProtocol), JoinedPacket> _open = [];
    private readonly Queue<(IpAddress, IpAddress, uint, IpProtocol)> _order = new();
    private readonly Dictionary<long, JoinedPart> _parts = [];

    /// <summary>How many bytes finished packets hold.</summary>
    public long Held { get; private set; }

    /// <summary>Takes a record, where it is a fragment.</summary>
    public void Observe(in Record record, long number)
    {
        PacketWalk walk = PacketWalk.Of(record);
        while (walk.TryMoveOn())
        {
            if (walk.Layer != Layer.Fragment) continue;
            // One that the capture cut cannot be joined.
            if (walk.Bytes.Length >= walk.WireLength) Take(ref walk, number);
            return;
        }
    }

    /// <summary>The part that a record has of a packet that is complete; null for none.</summary>
    public JoinedPart? PartOf(long record) => _parts.TryGetValue(record, out JoinedPart part) ? part : null;

    private void Take(ref PacketWalk walk, long number)
    {
        var key = (walk.Source, walk.Destination, walk.FragmentIdentification, walk.Protocol);
        if (!_open.TryGetValue(key, out JoinedPacket? packet))
        {
            while (_open.Count >= MaxOpen) _open.Remove(_order.Dequeue());
            _open.Add(key, packet = new JoinedPacket(walk.Source, walk.Destination, walk.Protocol));
            _order.Enqueue(key);
            if (_order.Count > 4 * MaxOpen) Prune();
        }

        if (!packet.Add(number, walk.Bytes, walk.FragmentOffset, walk.MoreFragments)) return;
        _open.Remove(key);
        foreach ((long record, int offset) in packet.Parts) _parts[record] = new JoinedPart(packet, offset, number);
        Held += JoinedPacket.Room;
    }

    // What finished packets leave of their names.
    private void Prune()
    {
        for (int left = _order.Count; left > 0; left--)
        {
            var name = _order.Dequeue();
            if (_open.ContainsKey(name)) _order.Enqueue(name);
        }
    }
}
