using Trama.Dump.Application.Dhcp;
using Trama.Dump.Application.Dhcpv6;
using Trama.Dump.Application.Dns;
using Trama.Dump.Application.Nfs;
using Trama.Dump.Application.Snmp;
using Trama.Dump.Network;
using Trama.Dump.Tunnel;

namespace Trama.Dump.Application;

/// <summary>Chooses, by port, the printer of what a UDP datagram carries.</summary>
internal static class UdpPayloadPrinter
{
    /// <summary>Prints a datagram's payload.</summary>
    /// <returns>False, and nothing printed, when no printer knows either port.</returns>
    public static bool TryPrint(Dissection d, ushort source, ushort destination, PacketBytes bytes, int length, IpEnvelope ip)
    {
        if (NfsPrinter.IsMessage(source, destination, bytes))
        {
            NfsPrinter.Print(d, bytes, length, ip);
            return true;
        }

        bool On(ushort port) => source == port || destination == port;
        if (On(53)) DnsPrinter.Print(d, bytes, length, multicast: false);
        else if (On(5353)) DnsPrinter.Print(d, bytes, length, multicast: true);
        else if (On(67) || On(68)) DhcpPrinter.Print(d, bytes, length);
        else if (On(520)) RipPrinter.Print(d, bytes, length);
        else if (On(161) || On(162)) SnmpPrinter.Print(d, bytes, length);
        else if (On(123)) NtpPrinter.Print(d, bytes, length);
        else if (On(546) || On(547)) Dhcpv6Printer.Print(d, bytes);
        else if (IsRadius(source) || IsRadius(destination)) RadiusPrinter.Print(d, bytes, length);
        else if (destination == 1985) HsrpPrinter.Print(d, bytes, length);
        else if (On(646)) LdpPrinter.Print(d, bytes, length);
        else if (BfdPrinter.IsPort(destination)) BfdPrinter.Print(d, bytes, length, destination);
        else if (On(319) || On(320)) PtpPrinter.Print(d, bytes, length);
        else if (On(514)) SyslogPrinter.Print(d, bytes, length);
        else if (On(4789)) VxlanPrinter.Print(d, bytes, length);
        else if (On(6081)) GenevePrinter.Print(d, bytes, length);
        else if (On(4342)) LispPrinter.Print(d, bytes, length);
        else if (On(6635)) MplsPrinter.Print(d, bytes, length);
        else if (On(5060)) SipPrinter.Print(d, bytes, length);
        else return false;
        return true;
    }

    private static bool IsRadius(ushort port) => port is 1645 or 1646 or 1700 or 1812 or 1813 or 3799;
}
