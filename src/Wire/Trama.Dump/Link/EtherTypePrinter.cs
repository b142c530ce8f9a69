using Trama.Dump.Link.Ppp;
using Trama.Dump.Network;
using Trama.Dump.Printers;
using Trama.Packets.Link;

namespace Trama.Dump.Link;

/// <summary>Chooses the printer of what a link layer carries.</summary>
internal static class EtherTypePrinter
{
    /// <summary>Prints the payload of a frame.</summary>
    /// <returns>False when no printer knows the type; nothing is printed then.</returns>
    public static bool TryPrint(Dissection d, EtherType type, PacketBytes bytes, int length, LinkAddresses frame)
    {
        switch (type)
        {
            case EtherType.Ipv4:
                Ipv4Printer.Print(d, bytes, length);
                return true;
            case EtherType.Ipv6:
                Ipv6Printer.Print(d, bytes, length);
                return true;
            case EtherType.Arp or EtherType.ReverseArp:
                ArpPrinter.Print(d, bytes, length);
                return true;
            case EtherType.PppoeDiscovery or EtherType.PppoeSession:
                PppoePrinter.Print(d, bytes, length);
                return true;
            case EtherType.Ppp:
                if (length > 0)
                {
                    d.Print($": ");
                    PppPrinter.Print(d, bytes, length);
                }

                return true;
            case EtherType.Lldp:
                LldpPrinter.Print(d, bytes, length);
                return true;
            default:
                return d.Printers.EtherTypes.TryPrint(d, (int)type, new Payload(bytes, length));
        }
    }
}
