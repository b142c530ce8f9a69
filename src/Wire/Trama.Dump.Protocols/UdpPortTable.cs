using Trama.Dump.Printers;
using Trama.Dump.Protocols.Application;
using Trama.Dump.Protocols.Application.Dhcp;
using Trama.Dump.Protocols.Application.Dhcpv6;
using Trama.Dump.Protocols.Application.Dns;
using Trama.Dump.Protocols.Application.Isakmp;
using Trama.Dump.Protocols.Application.Nfs;
using Trama.Dump.Protocols.Application.Snmp;
using Trama.Dump.Protocols.Routing;
using Trama.Dump.Protocols.Tunnel;
using Trama.Packets.Tunnel;

namespace Trama.Dump.Protocols;

/// <summary>What is printed of a datagram's payload, by port. The order is tcpdump's, which decides where both ports have a row.</summary>
internal static class UdpPortTable
{
    /// <summary>Adds the rows.</summary>
    /// <param name="ports">The table.</param>
    /// <param name="nfs">Remembers the calls to servers of network files.</param>
    public static void AddTo(PortPrinters ports, NfsPrinter nfs)
    {
        ports.Add(new("NFS", [NfsPrinter.Port], nfs.Print) { Claims = NfsPrinter.IsMessage, HidesChecksum = true });
        ports.Add(new("DNS", [53], static (d, payload) => DnsPrinter.Print(d, payload.Bytes, payload.Length, multicast: false)));
        ports.Add(new("multicast DNS", [5353], static (d, payload) => DnsPrinter.Print(d, payload.Bytes, payload.Length, multicast: true)));
        ports.Add(new("DHCP", [67, 68], static (d, payload) => DhcpPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("RIP", [520], static (d, payload) => RipPrinter.Print(d, payload.Bytes, payload.Length)));
        var isakmp = new IsakmpPrinter();
        ports.Add(new("ISAKMP", [500, 7500, 8500], isakmp.Print));
        ports.Add(new("IPsec in UDP", [4500], isakmp.PrintTranslated));
        ports.Add(new("SNMP", [161, 162], static (d, payload) => SnmpPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("NTP", [123], static (d, payload) => NtpPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("DHCPv6", [546, 547], static (d, payload) => Dhcpv6Printer.Print(d, payload.Bytes)));
        ports.Add(new(
            "RADIUS", [1645, 1646, 1700, 1812, 1813, 3799], static (d, payload) => RadiusPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("HSRP", [1985], static (d, payload) => HsrpPrinter.Print(d, payload.Bytes, payload.Length)) { IsSentToPort = true });
        ports.Add(new("LDP", [646], static (d, payload) => LdpPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("BFD", BfdPrinter.Ports, static (d, payload) => BfdPrinter.Print(d, payload)) { IsSentToPort = true });
        ports.Add(new("PTP", [319, 320], static (d, payload) => PtpPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("syslog", [514], static (d, payload) => SyslogPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("VXLAN", [VxlanHeader.Port], static (d, payload) => VxlanPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("Geneve", [GeneveHeader.Port], static (d, payload) => GenevePrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("LISP", [4342], static (d, payload) => LispPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("MPLS", [6635], static (d, payload) => MplsPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("SIP", [5060], static (d, payload) => SipPrinter.Print(d, payload.Bytes, payload.Length)));
    }
}
