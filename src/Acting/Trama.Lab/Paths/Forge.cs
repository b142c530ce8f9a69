using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Lab.Paths;

/// <summary>Makes packets that no host's TCP sent.</summary>
internal static class Forge
{
    /// <summary>A TCP segment with no options and no payload but those given; options take a multiple of four bytes.</summary>
    public static byte[] Segment(
        Endpoint from, Endpoint to, SequenceNumber sequence, SequenceNumber acknowledgement, TcpFlags flags, int timeToLive,
        ushort window = 0, ReadOnlySpan<byte> options = default, ReadOnlySpan<byte> payload = default)
    {
        var ip = new IpFields(from.Address, to.Address, IpProtocol.Tcp) { TimeToLive = (byte)timeToLive };
        byte[] packet = new byte[ip.HeaderLength + TcpHeader.MinimumLength + options.Length + payload.Length];
        PacketBuilder.WriteSegment(packet, ip, new TcpFields(from.Port, to.Port, sequence, acknowledgement, flags, window), options,
            payload);
        return packet;
    }
}
