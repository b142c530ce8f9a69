using System.Buffers.Binary;
using Trama.Packets.Network;

namespace Trama.Lab.Paths.Obstacles;

/// <summary>A device that translates ports: from a packet on it gives the client another one, and answers to that find back.</summary>
/// <param name="trigger">The first packet with the other port.</param>
/// <param name="port">That port.</param>
internal sealed class Renaming(Choice trigger, int port) : IObstacle
{
    private const int ChecksumAt = 16;
    private int _own;

    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire)
    {
        bool up = crossing.Direction == Direction.ToServer;
        if (_own == 0 && up && trigger(crossing))
        {
            _own = crossing.ClientPort;
            wire.Log(crossing, "translate", $"port {port}");
        }

        if (_own == 0 || crossing.ClientPort != (up ? _own : port)) return Fate.Pass;
        byte[] packet = crossing.Packet.ToArray();
        Rename(packet.AsSpan(packet[0] >> 4 == 6 ? Ipv6Header.Length : (packet[0] & 15) * 4), up ? 0 : 2, up ? port : _own);
        return Fate.Replace(packet);
    }

    // RFC 1624 section 3: the checksum follows by the difference.
    private static void Rename(Span<byte> segment, int at, int name)
    {
        uint sum = (uint)(ushort)~BinaryPrimitives.ReadUInt16BigEndian(segment[ChecksumAt..])
            + (ushort)~BinaryPrimitives.ReadUInt16BigEndian(segment[at..]) + (uint)name;
        while (sum > ushort.MaxValue) sum = (sum & ushort.MaxValue) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(segment[ChecksumAt..], (ushort)~sum);
        BinaryPrimitives.WriteUInt16BigEndian(segment[at..], (ushort)name);
    }
}
