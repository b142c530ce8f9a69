using System.Buffers.Binary;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Lab.Paths;

/// <summary>Makes packets that no host's TCP sent.</summary>
internal static class Forge
{
    private const int IcmpLength = 8;

    // RFC 1812 section 4.3.2.3: as much of the packet as 576 bytes hold; RFC 4443 section 2.4: the minimum MTU of IPv6.
    private const int MostQuotedIpv4 = 576 - Ipv4Header.MinimumLength - IcmpLength;
    private const int MostQuotedIpv6 = 1280 - Ipv6Header.Length - IcmpLength;

    /// <summary>A TCP segment without payload, and with no options but those given (a multiple of four bytes).</summary>
    public static byte[] Segment(
        Endpoint from, Endpoint to, SequenceNumber sequence, SequenceNumber acknowledgement, TcpFlags flags, int timeToLive,
            ushort window = 0, ReadOnlySpan<byte> options = default)
    {
        var ip = new IpFields(from.Address, to.Address, IpProtocol.Tcp) { TimeToLive = (byte)timeToLive };
        byte[] packet = new byte[ip.HeaderLength + TcpHeader.MinimumLength + options.Length];
        PacketBuilder.WriteSegment(packet, ip, new TcpFields(from.Port, to.Port, sequence, acknowledgement, flags, window), options,
            payload: []);
        return packet;
    }

    /// <summary>An ICMP destination unreachable message (type 3 for IPv4, 1 for IPv6) that quotes a packet, to its sender.</summary>
    public static byte[] Unreachable(IpAddress from, ReadOnlySpan<byte> quoted, int code, int timeToLive)
    {
        bool ipv6 = from.IsIpv6;
        IpAddress to = IpAddress.FromBytes(ipv6 ? quoted.Slice(Ipv6Header.SourceAt, 16) : quoted.Slice(Ipv4Header.SourceAt, 4));
        quoted = quoted[..Math.Min(quoted.Length, ipv6 ? MostQuotedIpv6 : MostQuotedIpv4)];
        IpProtocol protocol = ipv6 ? IpProtocol.Icmpv6 : IpProtocol.Icmp;
        var ip = new IpFields(from, to, protocol) { TimeToLive = (byte)timeToLive };
        byte[] packet = new byte[ip.HeaderLength + IcmpLength + quoted.Length];
        Span<byte> icmp = packet.AsSpan(PacketBuilder.WriteHeader(packet, ip, IcmpLength + quoted.Length));
        icmp[0] = (byte)(ipv6 ? 1 : 3);
        icmp[1] = (byte)code;
        quoted.CopyTo(icmp[IcmpLength..]);
        InternetChecksum start = ipv6 ? PacketBuilder.PseudoHeader(from, to, protocol, icmp.Length) : default;
        BinaryPrimitives.WriteUInt16BigEndian(icmp[2..], start.Add(icmp).Value);
        return packet;
    }
}
