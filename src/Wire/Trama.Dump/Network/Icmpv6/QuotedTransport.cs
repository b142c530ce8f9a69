using Trama.Packets.Network;

namespace Trama.Dump.Network.Icmpv6;

/// <summary>Finds the transport header of an IPv6 packet that an error quotes.</summary>
internal static class QuotedTransport
{
    /// <summary>Walks the extension headers.</summary>
    /// <returns>Where the TCP or UDP header starts, -1 when there is none or its ports were not captured.</returns>
    public static int Find(PacketBytes packet, out IpProtocol protocol)
    {
        protocol = default;
        if (!packet.Has(7)) return -1;
        protocol = (IpProtocol)packet.U8(6);
        int at = Ipv6Header.Length;
        while (packet.Has(at, 4))
        {
            int length;
            switch (protocol)
            {
                case IpProtocol.Tcp or IpProtocol.Udp:
                    return at;
                case IpProtocol.HopByHop or IpProtocol.DestinationOptions or IpProtocol.Routing:
                    length = (packet.U8(at + 1) + 1) << 3;
                    break;
                case IpProtocol.Fragment when (packet.U16(at + 2) & 0xfff8) == 0:
                    length = 8;
                    break;
                case IpProtocol.Ah:
                    length = (packet.U8(at + 1) + 2) << 2;
                    break;
                default:
                    return -1;
            }

            protocol = (IpProtocol)packet.U8(at);
            at += length;
        }

        return -1;
    }
}
