using Trama.Dump.Protocols.Application;
using Trama.Dump.Protocols.Application.Nfs;
using Trama.Dump.Protocols.Routing;
using Trama.Dump.Protocols.Tunnel;
using Trama.Packets.Link;
using Trama.Packets.Network;

namespace Trama.Dump.Protocols;

/// <summary>
/// The printers of applications, tunnels and routing protocols: what a <see cref="PacketPrinter"/> is given to know them.
/// </summary>
public static class ProtocolPrinters
{
    /// <summary>A registry with all printers, for one packet printer: what they remember of earlier packets is in it.</summary>
    public static PrinterRegistry Create()
    {
        var registry = new PrinterRegistry();
        registry.EtherTypes.Add((int)EtherType.Mpls, static (d, payload) => MplsPrinter.Print(d, payload.Bytes, payload.Length));
        registry.EtherTypes.Add((int)EtherType.MplsMulticast, static (d, payload) => MplsPrinter.Print(d, payload.Bytes, payload.Length));
        registry.EtherTypes.Add((int)EtherType.Ptp, static (d, payload) => PtpPrinter.Print(d, payload.Bytes, payload.Length));

        registry.IpProtocols.Add((int)IpProtocol.Rsvp, static (d, payload) => RsvpPrinter.Print(d, payload.Bytes, payload.Length));
        registry.IpProtocols.Add((int)IpProtocol.Gre, static (d, payload) => GrePrinter.Print(d, payload.Bytes, payload.Length));
        registry.IpProtocols.Add((int)IpProtocol.Eigrp, static (d, payload) => EigrpPrinter.Print(d, payload.Bytes, payload.Length));
        registry.IpProtocols.Add((int)IpProtocol.Ospf, static (d, payload) =>
            OspfPrinter.Print(d, payload.Bytes, payload.Length, payload.Ip));
        registry.IpProtocols.Add((int)IpProtocol.Pim, static (d, payload) => PimPrinter.Print(d, payload.Bytes, payload.Length));

        // A call over one transport may be answered over the other.
        var nfs = new NfsPrinter();
        TcpPortTable.AddTo(registry.TcpPorts, nfs);
        UdpPortTable.AddTo(registry.UdpPorts, nfs);
        return registry;
    }
}
