using Trama.Packets.Network;

namespace Trama.Dump.Network;

/// <summary>Prints IPv6 packets, RFC 8200.</summary>
internal static class Ipv6Printer
{
    private const int HeaderLength = Ipv6Header.Length;
    private const int SourceAt = 8;
    private const int DestinationAt = 24;

    /// <summary>Prints a packet and what it carries.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "ip6";
        if (!bytes.Has(HeaderLength))
        {
            d.Truncated();
            return;
        }

        if (length < HeaderLength)
        {
            d.Output.Append($"truncated-ip6 {length}");
            return;
        }

        if (!d.Options.LinkLayer) d.Output.Append("IP6 "u8);
        int version = bytes.U8(0) >> 4;
        if (version != 6)
        {
            d.Output.Append($"version error: {version} != 6");
            return;
        }

        int payloadLength = bytes.U16(4);
        int total = payloadLength + HeaderLength;
        if (payloadLength == 0) total = length;
        else if (length < total)
        {
            d.Output.Append($"truncated-ip6 - {total - length} bytes missing!");
            total = length;
        }

        if (!d.TryEnter()) return;
        if (d.Verbosity > 0) AppendDetails(d, bytes, payloadLength);
        PrintChain(d, bytes.First(total), total, payloadLength);
        d.Leave();
    }

    private static void AppendDetails(Dissection d, PacketBytes bytes, int payloadLength)
    {
        uint flow = bytes.U32(0);
        d.Output.Append((byte)'(');
        if ((flow & 0x0ff00000) != 0) d.Output.Append($"class 0x{flow >> 20 & 0xff:x2}, ");
        if ((flow & 0x000fffff) != 0) d.Output.Append($"flowlabel 0x{flow & 0xfffff:x5}, ");
        var next = (IpProtocol)bytes.U8(6);
        d.Output.Append(
            $"hlim {bytes.U8(7)}, next-header {IpProtocolNames.Find(next) ?? "unknown"} ({(int)next}) payload length: {payloadLength}) ");
    }

    /// <summary>Prints the extension headers, and at their end the payload.</summary>
    private static void PrintChain(Dissection d, PacketBytes packet, int total, int payloadLength)
    {
        var next = (IpProtocol)packet.U8(6);
        int at = HeaderLength;
        bool isFragment = false;
        bool sawExtension = false;
        bool isJumbo = false;
        if (next is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or IpProtocol.Dccp)) AppendAddresses(d, packet);
        while (!d.IsCut)
        {
            PacketBytes header = packet.From(at);
            int advance;
            switch (next)
            {
                case IpProtocol.HopByHop:
                    if (sawExtension)
                    {
                        d.Output.Append("[The Hop-by-Hop Options header was already found]"u8);
                        d.Invalid();
                        return;
                    }

                    advance = Ipv6Options.PrintHopByHop(d, header, ref isJumbo, ref payloadLength);
                    if (payloadLength == 0 && !isJumbo)
                    {
                        d.Output.Append("[No valid Jumbo Payload Hop-by-Hop option found]"u8);
                        d.Invalid();
                        return;
                    }

                    break;
                case IpProtocol.DestinationOptions:
                    advance = Ipv6Options.PrintDestination(d, header);
                    break;
                case IpProtocol.Fragment:
                    advance = Ipv6Fragment.Print(d, header, packet, at);
                    isFragment = true;
                    break;
                case IpProtocol.Routing:
                    advance = Ipv6Route.Print(d, header);
                    break;
                case IpProtocol.Mobility or IpProtocol.OldMobility:
                    MobilityPrinter.Print(d, header);
                    return;
                default:
                    var ip = new IpEnvelope(packet, 6, isFragment, packet.U8(7));
                    IpPayloadPrinter.Print(d, next, header, total - at, ip);
                    return;
            }

            if (advance < 0) return;
            sawExtension = true;
            next = (IpProtocol)header.U8(0);
            d.Protocol = "ip6";
            if (header.Length == 0) return;
            at += advance;
            if (total < at)
            {
                d.Truncated();
                return;
            }
        }
    }

    private static void AppendAddresses(Dissection d, PacketBytes packet)
    {
        d.Addresses.AppendIpv6(packet, SourceAt);
        d.Output.Append(" > "u8);
        d.Addresses.AppendIpv6(packet, DestinationAt);
        d.Output.Append(": "u8);
    }
}
