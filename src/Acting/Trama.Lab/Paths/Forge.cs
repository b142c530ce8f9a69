using System.Buffers.Binary;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Lab.Paths;

/// <summary>Makes packets that no host's TCP sent.</summary>
internal static class Forge
{
    private const int Ipv4Length = 20;
    private const int Ipv6Length = 40;
    private const int TcpLength = 20;
    private const int IcmpLength = 8;

    // RFC 1812 section 4.3.2.3: as much of the packet as 576 bytes hold; RFC 4443 section 2.4: the minimum MTU of IPv6.
    private const int MostQuotedIpv4 = 576 - Ipv4Length - IcmpLength;
    private const int MostQuotedIpv6 = 1280 - Ipv6Length - IcmpLength;

    /// <summary>A TCP segment without payload, and with no options but those given (a multiple of four bytes).</summary>
    public static byte[] Segment(
        Endpoint from, Endpoint to, SequenceNumber sequence, SequenceNumber acknowledgement, TcpFlags flags, int timeToLive, ushort window = 0, ReadOnlySpan<byte> options = default)
    {
        byte[] packet = Packet(from.Address, to.Address, IpProtocol.Tcp, timeToLive, TcpLength + options.Length, out Span<byte> tcp);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], to.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence.Value);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], (flags & TcpFlags.Ack) != 0 ? acknowledgement.Value : 0);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[12..], (ushort)((tcp.Length / 4 << 12) | (int)flags));
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], window);
        options.CopyTo(tcp[TcpLength..]);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], PseudoHeader(from.Address, to.Address, IpProtocol.Tcp, tcp.Length).Add(tcp).Value);
        return packet;
    }

    /// <summary>An ICMP destination unreachable message (type 3 for IPv4, 1 for IPv6) that quotes a packet, to its sender.</summary>
    public static byte[] Unreachable(IpAddress from, ReadOnlySpan<byte> quoted, int code, int timeToLive)
    {
        bool ipv6 = from.IsIpv6;
        IpAddress to = IpAddress.FromBytes(ipv6 ? quoted.Slice(8, 16) : quoted.Slice(12, 4));
        quoted = quoted[..Math.Min(quoted.Length, ipv6 ? MostQuotedIpv6 : MostQuotedIpv4)];
        IpProtocol protocol = ipv6 ? IpProtocol.Icmpv6 : IpProtocol.Icmp;
        byte[] packet = Packet(from, to, protocol, timeToLive, IcmpLength + quoted.Length, out Span<byte> icmp);
        icmp[0] = (byte)(ipv6 ? 1 : 3);
        icmp[1] = (byte)code;
        quoted.CopyTo(icmp[IcmpLength..]);
        InternetChecksum start = ipv6 ? PseudoHeader(from, to, protocol, icmp.Length) : default;
        BinaryPrimitives.WriteUInt16BigEndian(icmp[2..], start.Add(icmp).Value);
        return packet;
    }

    private static byte[] Packet(IpAddress from, IpAddress to, IpProtocol protocol, int timeToLive, int length, out Span<byte> payload)
    {
        int header = from.IsIpv6 ? Ipv6Length : Ipv4Length;
        byte[] packet = new byte[header + length];
        payload = packet.AsSpan(header);
        if (from.IsIpv6)
        {
            packet[0] = 0x60;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)length);
            packet[6] = (byte)protocol;
            packet[7] = (byte)timeToLive;
            from.WriteBytes(packet.AsSpan(8));
            to.WriteBytes(packet.AsSpan(24));
            return packet;
        }

        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[8] = (byte)timeToLive;
        packet[9] = (byte)protocol;
        from.WriteBytes(packet.AsSpan(12));
        to.WriteBytes(packet.AsSpan(16));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), default(InternetChecksum).Add(packet.AsSpan(0, Ipv4Length)).Value);
        return packet;
    }

    private static InternetChecksum PseudoHeader(IpAddress from, IpAddress to, IpProtocol protocol, int length)
    {
        Span<byte> addresses = stackalloc byte[32];
        int written = from.WriteBytes(addresses);
        written += to.WriteBytes(addresses[written..]);
        return default(InternetChecksum).Add(addresses[..written]).Add((uint)protocol).Add((uint)length);
    }
}
