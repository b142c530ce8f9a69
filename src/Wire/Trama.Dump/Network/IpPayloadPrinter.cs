using Trama.Dump.Network.Icmpv6;
using Trama.Dump.Printers;
using Trama.Dump.Transport;
using Trama.Packets.Network;

namespace Trama.Dump.Network;

/// <summary>Chooses the printer of what an IP packet carries.</summary>
internal static class IpPayloadPrinter
{
    /// <summary>Prints the payload of an IP packet.</summary>
    /// <param name="d">The packet in progress.</param>
    /// <param name="protocol">What <paramref name="bytes"/> are.</param>
    /// <param name="bytes">The captured bytes of the payload.</param>
    /// <param name="length">The payload's length as the IP header claims it.</param>
    /// <param name="ip">The IP header around it.</param>
    public static void Print(Dissection d, IpProtocol protocol, PacketBytes bytes, int length, IpEnvelope ip)
    {
        switch (protocol)
        {
            case IpProtocol.Tcp:
                TcpPrinter.Print(d, bytes, length, ip);
                break;
            case IpProtocol.Udp:
                UdpPrinter.Print(d, bytes, length, ip);
                break;
            case IpProtocol.Icmp when ip.Version == 4:
                IcmpPrinter.Print(d, bytes, length, ip);
                break;
            case IpProtocol.Icmpv6 when ip.Version == 6:
                Icmpv6Printer.Print(d, bytes, length, ip);
                break;
            case IpProtocol.Igmp when ip.Version == 4:
                IgmpPrinter.Print(d, bytes, length);
                break;
            case IpProtocol.Icmp or IpProtocol.Igmp:
                PrintMisplaced(d, protocol, 4);
                break;
            case IpProtocol.Icmpv6:
                PrintMisplaced(d, protocol, 6);
                break;
            case IpProtocol.Ipv4:
                Ipv4Printer.Print(d, bytes, length);
                break;
            case IpProtocol.Ipv6:
                Ipv6Printer.Print(d, bytes, length);
                break;
            case IpProtocol.Sctp:
                SctpPrinter.Print(d, bytes, length, ip);
                break;
            case IpProtocol.Esp:
                EspPrinter.Print(d, bytes, length);
                break;
            case IpProtocol.Ah:
                PrintAuthenticated(d, bytes, length, ip);
                break;
            case IpProtocol.NoNext:
                d.Output.Append("no next header"u8);
                break;
            default:
                if (d.Printers.IpProtocols.TryPrint(d, (int)protocol, new Payload(bytes, length) { Ip = ip })) break;
                d.Output.Append((byte)' ');
                d.Addresses.AppendProtocol(protocol);
                d.Output.Append($" {length}");
                break;
        }
    }

    private static void PrintAuthenticated(Dissection d, PacketBytes bytes, int length, IpEnvelope ip)
    {
        if (!bytes.Has(1))
        {
            d.Protocol = "ah";
            d.Truncated();
            return;
        }

        int advance = AhPrinter.Print(d, bytes, out IpProtocol next);
        if (d.IsCut || !d.TryEnter()) return;
        Print(d, next, bytes.From(advance), length - advance, ip);
        d.Leave();
    }

    private static void PrintMisplaced(Dissection d, IpProtocol protocol, int version)
    {
        d.Output.Append($"[{IpProtocolNames.Find(protocol) ?? "unknown"} requires IPv{version}]");
        d.Invalid();
    }
}
