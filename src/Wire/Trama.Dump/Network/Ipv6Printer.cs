using Trama.Packets.Network;

namespace Trama.Dump.Network;

/// <summary>Prints IPv6 packets, RFC 8200.</summary>
internal static class Ipv6Printer
{
    private const int HeaderLength = Ipv6Header.Length;

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
        int version = bytes.U8(Ipv6Header.VersionAt) >> 4;
        if (version != 6)
        {
            d.Output.Append($"version error: {version} != 6");
            return;
        }

        int payloadLength = bytes.U16(Ipv6Header.PayloadLengthAt);
        int missing = payloadLength + HeaderLength - length;
        if (missing > 0) d.Output.Append($"truncated-ip6 - {missing} bytes missing!");
        if (!d.TryEnter()) return;
        if (d.Verbosity > 0) AppendDetails(d, bytes, payloadLength);
        PrintChain(d, payloadLength == 0 ? bytes : bytes.First(payloadLength + HeaderLength), payloadLength, length);
        d.Leave();
    }

    private static void AppendDetails(Dissection d, PacketBytes bytes, int payloadLength)
    {
        uint flow = bytes.U32(Ipv6Header.VersionAt);
        d.Output.Append((byte)'(');
        if ((flow & 0x0ff00000) != 0) d.Output.Append($"class 0x{flow >> 20 & 0xff:x2}, ");
        if ((flow & 0x000fffff) != 0) d.Output.Append($"flowlabel 0x{flow & 0xfffff:x5}, ");
        var next = (IpProtocol)bytes.U8(Ipv6Header.NextHeaderAt);
        d.Output.Append(
            $"hlim {bytes.U8(Ipv6Header.HopLimitAt)}, next-header {IpProtocolNames.Find(next) ?? "unknown"} ({(int)next}) payload "
                + $"length: {payloadLength}) ");
    }

    /// <summary>Prints the extension headers, and at their end the payload.</summary>
    private static void PrintChain(Dissection d, PacketBytes packet, int payloadLength, int wireLength)
    {
        var next = (IpProtocol)packet.U8(Ipv6Header.NextHeaderAt);
        int at = HeaderLength;
        bool isFragment = false;
        bool sawExtension = false;
        bool sawHopByHop = false;
        var jumbo = new Ipv6Options.JumboState((uint)payloadLength, IsValid: false, Seen: false);
        if (next is not (IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or IpProtocol.Dccp)) AppendAddresses(d, packet);
        while (!d.IsCut)
        {
            PacketBytes header = packet.From(at);
            int advance;
            switch (next)
            {
                case IpProtocol.HopByHop:
                    if (sawExtension || sawHopByHop)
                    {
                        d.Output.Append(sawHopByHop
                            ? "[The Hop-by-Hop Options header was already found]"u8
                            : "[The Hop-by-Hop Options header don't follow the IPv6 header]"u8);
                        d.Invalid();
                        return;
                    }

                    sawHopByHop = true;
                    advance = Ipv6Options.PrintHopByHop(d, header, ref jumbo);
                    if (jumbo.PayloadLength == 0)
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
                    if (at + advance >= packet.Length) return;
                    isFragment = true;
                    break;
                case IpProtocol.Routing:
                    if (header.Length == 0)
                    {
                        d.Truncated();
                        return;
                    }

                    advance = Ipv6Route.Print(d, header);
                    break;
                case IpProtocol.Mobility or IpProtocol.OldMobility:
                    MobilityPrinter.Print(d, header);
                    return;
                default:
                    long claimed = jumbo.PayloadLength + (long)HeaderLength;
                    if (jumbo.IsValid && claimed > wireLength) d.Output.Append($"truncated-ip6 - {claimed - wireLength} bytes missing!");
                    int length = (int)Math.Min(claimed - at, int.MaxValue);
                    if (length < 0)
                    {
                        d.Truncated();
                        return;
                    }

                    PacketBytes whole = packet.First(at + length);
                    var ip = new IpEnvelope(whole, 6, isFragment);
                    IpPayloadPrinter.Print(d, next, whole.From(at), length, ip);
                    return;
            }

            if (advance < 0) return;
            sawExtension |= next != IpProtocol.HopByHop;
            next = (IpProtocol)header.U8(0);
            d.Protocol = "ip6";
            if (at >= packet.Length) return;
            at += advance;
        }
    }

    private static void AppendAddresses(Dissection d, PacketBytes packet)
    {
        d.Addresses.AppendIpv6(packet, Ipv6Header.SourceAt);
        d.Output.Append(" > "u8);
        d.Addresses.AppendIpv6(packet, Ipv6Header.DestinationAt);
        d.Output.Append(": "u8);
    }
}
