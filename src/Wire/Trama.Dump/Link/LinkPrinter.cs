using Trama.Dump.Link.Ppp;
using Trama.Dump.Link.Wireless;
using Trama.Dump.Text;
using Trama.Packets;

namespace Trama.Dump.Link;

/// <summary>Chooses the printer of a packet's lowest layer.</summary>
internal static class LinkPrinter
{
    /// <summary>Prints a packet from its link layer on.</summary>
    /// <param name="d">The packet in progress.</param>
    /// <param name="linkType">The layer at which <paramref name="bytes"/> start.</param>
    /// <param name="bytes">The captured bytes.</param>
    /// <param name="length">The packet's length on the wire.</param>
    /// <returns>How many bytes at the start are link layer and left out of a byte dump.</returns>
    public static int Print(Dissection d, LinkType linkType, PacketBytes bytes, int length)
    {
        switch (linkType)
        {
            case LinkType.Ethernet:
                return EthernetPrinter.Print(d, bytes, length);
            case LinkType.LinuxSll:
                return LinuxCookedPrinter.PrintVersion1(d, bytes, length);
            case LinkType.LinuxSll2:
                return LinuxCookedPrinter.PrintVersion2(d, bytes, length);
            case LinkType.Null or LinkType.Loop:
                return NullPrinter.Print(d, bytes, length);
            case LinkType.Ppp:
                return PppPrinter.PrintFrame(d, bytes, length);
            case LinkType.PppHdlc:
                return PppPrinter.PrintSerialFrame(d, bytes, length);
            case LinkType.Fddi:
                return FddiPrinter.Print(d, bytes, length);
            case LinkType.CiscoHdlc:
                return CiscoHdlcPrinter.Print(d, bytes, length);
            case LinkType.FrameRelay:
                return FrameRelayPrinter.Print(d, bytes, length);
            case LinkType.IpOverInfiniband:
                return InfinibandPrinter.Print(d, bytes, length);
            case LinkType.Nflog:
                return NflogPrinter.Print(d, bytes, length);
            case LinkType.Ieee80211:
                return WirelessPrinter.Print(d, bytes, length);
            case LinkType.Radiotap:
                return RadiotapPrinter.Print(d, bytes, length);
            case LinkType.AtmLlc:
                return PrintAtm(d, bytes, length);
            case LinkType.Raw or LinkType.Ipv4 or LinkType.Ipv6:
                RawPrinter.Print(d, bytes, length);
                return 0;
            default:
                PrintUnsupported(d, bytes);
                return 0;
        }
    }

    private static int PrintAtm(Dissection d, PacketBytes bytes, int length)
    {
        int header = LlcPrinter.Print(d, bytes, length, default);
        if (header >= 0) return header;
        if (d.ShowsUnknownAsBytes) d.Output.AppendHexAndAsciiLines(bytes.Captured, "\n\t"u8);
        return -header;
    }

    private static void PrintUnsupported(Dissection d, PacketBytes bytes)
    {
        d.Protocol = "unsupported";
        d.Truncated();
        d.Output.AppendHexAndAsciiLines(bytes.Captured, "\n\t"u8);
    }
}
