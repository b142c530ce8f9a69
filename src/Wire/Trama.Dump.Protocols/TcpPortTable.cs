using Trama.Dump.Printers;
using Trama.Dump.Protocols.Application;
using Trama.Dump.Protocols.Application.Dns;
using Trama.Dump.Protocols.Application.Nfs;
using Trama.Dump.Protocols.Routing;
using Trama.Dump.Protocols.Routing.Bgp;

namespace Trama.Dump.Protocols;

/// <summary>What is printed of a segment's payload, by port. The order is tcpdump's, which decides where both ports have a row.</summary>
internal static class TcpPortTable
{
    /// <summary>Adds the rows.</summary>
    /// <param name="ports">The table.</param>
    /// <param name="nfs">Remembers the calls to servers of network files.</param>
    public static void AddTo(PortPrinters ports, NfsPrinter nfs)
    {
        ports.Add(new("Telnet", [23], static (d, payload) => TelnetPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("SMTP", [25], static (d, payload) => PrintText(d, "smtp", payload)));
        ports.Add(new("WHOIS", [43], static (d, payload) => PrintText(d, "whois", payload)));
        ports.Add(new("BGP", [179], static (d, payload) => BgpPrinter.Print(d, payload.Bytes)));
        ports.Add(new("LDP", [646], static (d, payload) => LdpPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("OpenFlow", [6633, 6653], static (d, payload) => OpenFlowPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("RPKI-RTR", [323], static (d, _) => d.Print($", RPKI-RTR")));
        ports.Add(new("RESP", [6379], static (d, payload) => RespPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("SSH", [22], static (d, payload) => SshPrinter.Print(d, payload.Bytes, payload.Length)));
        ports.Add(new("FTP", [21], static (d, payload) => PrintText(d, "ftp", payload)));
        ports.Add(new("HTTP", [80, 8080], static (d, payload) =>
        {
            d.Print($": ");
            HttpPrinter.Print(d, payload.Bytes, payload.Length);
        }));
        ports.Add(new("RTSP", [554, 8554], static (d, payload) =>
        {
            d.Print($": ");
            RtspPrinter.Print(d, payload.Bytes, payload.Length);
        }));
        ports.Add(new("DNS", [53], static (d, payload) => DnsPrinter.PrintOverTcp(d, payload.Bytes, payload.Length)));
        ports.Add(new("NFS", [NfsPrinter.Port], nfs.PrintOverTcp) { Claims = NfsPrinter.IsMessageOverTcp });
    }

    private static void PrintText(Dissection d, string protocol, Payload payload)
    {
        d.Print($": ");
        TextProtocolPrinter.Print(d, protocol, payload.Bytes, payload.Length);
    }
}
