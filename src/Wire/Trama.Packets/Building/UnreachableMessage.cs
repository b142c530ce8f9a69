using System.Buffers.Binary;
using Trama.Packets.Network;

namespace Trama.Packets.Building;

/// <summary>Writes the message that a packet could not be delivered (RFC 792, RFC 4443 section 3.1).</summary>
public static class UnreachableMessage
{
    private const int IcmpLength = 8;

    // RFC 1812 section 4.3.2.3: as much of the packet as 576 bytes hold; RFC 4443 section 2.4: the minimum MTU of IPv6.
    private const int MostQuotedIpv4 = 576 - Ipv4Header.MinimumLength - IcmpLength;
    private const int MostQuotedIpv6 = 1280 - Ipv6Header.Length - IcmpLength;

    /// <summary>An ICMP destination unreachable message (type 3 for IPv4, 1 for IPv6) that quotes a packet, to its sender.</summary>
    /// <param name="from">Who reports it; of the packet's version.</param>
    /// <param name="quoted">The packet, from its IP header on.</param>
    /// <param name="code">Why.</param>
    /// <param name="timeToLive">How many routers the message may pass.</param>
    /// <returns>A whole IP packet.</returns>
    public static byte[] Of(IpAddress from, ReadOnlySpan<byte> quoted, int code, int timeToLive = 64) =>
        Of(from, quoted, (byte)(from.IsIpv6 ? 1 : 3), code, 0, timeToLive);

    /// <summary>
    /// A message that a packet is too large for the next link: destination unreachable, fragmentation needed (RFC 1191) for IPv4, packet
    /// too big (RFC 4443 section 3.2) for IPv6.
    /// </summary>
    /// <param name="from">Who reports it; of the packet's version.</param>
    /// <param name="quoted">The packet, from its IP header on.</param>
    /// <param name="mtu">The largest packet that the link takes, in bytes.</param>
    /// <param name="timeToLive">How many routers the message may pass.</param>
    /// <returns>A whole IP packet.</returns>
    public static byte[] TooBig(IpAddress from, ReadOnlySpan<byte> quoted, int mtu, int timeToLive = 64) =>
        Of(from, quoted, (byte)(from.IsIpv6 ? 2 : 3), from.IsIpv6 ? 0 : 4, mtu, timeToLive);

    private static byte[] Of(IpAddress from, ReadOnlySpan<byte> quoted, byte type, int code, int mtu, int timeToLive)
    {
        bool ipv6 = from.IsIpv6;
        IpAddress to = IpAddress.FromBytes(ipv6 ? quoted.Slice(Ipv6Header.SourceAt, 16) : quoted.Slice(Ipv4Header.SourceAt, 4));
        quoted = quoted[..Math.Min(quoted.Length, ipv6 ? MostQuotedIpv6 : MostQuotedIpv4)];
        IpProtocol protocol = ipv6 ? IpProtocol.Icmpv6 : IpProtocol.Icmp;
        var ip = new IpFields(from, to, protocol) { TimeToLive = (byte)timeToLive };
        byte[] packet = new byte[ip.HeaderLength + IcmpLength + quoted.Length];
        Span<byte> icmp = packet.AsSpan(PacketBuilder.WriteHeader(packet, ip, IcmpLength + quoted.Length));
        (icmp[0], icmp[1]) = (type, (byte)code);
        BinaryPrimitives.WriteInt32BigEndian(icmp[4..], mtu);
        quoted.CopyTo(icmp[IcmpLength..]);
        InternetChecksum start = ipv6 ? PacketBuilder.PseudoHeader(from, to, protocol, icmp.Length) : default;
        BinaryPrimitives.WriteUInt16BigEndian(icmp[2..], start.Add(icmp).Value);
        return packet;
    }
}
