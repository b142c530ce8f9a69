using Trama.Dump.Application.Bgp;
using Trama.Dump.Application.Dns;
using Trama.Dump.Application.Nfs;
using Trama.Dump.Network;

namespace Trama.Dump.Application;

/// <summary>Chooses, by port, the printer of what a TCP segment carries.</summary>
internal static class TcpPayloadPrinter
{
    private const int RecordMarkLength = 4;

    /// <summary>Whether segments from or to a port may be given to a printer: every port that <see cref="Print"/> asks for.</summary>
    public static bool Knows(ushort port) => port is
        21 or 22 or 23 or 25 or 43 or 53 or 80 or 179 or 323 or 554 or 646 or 2049 or 6379 or 6633 or 6653 or 8080 or 8554;

    /// <summary>Prints a segment's payload, when its port is one that a printer knows.</summary>
    /// <param name="d">The packet in progress.</param>
    /// <param name="sourcePort">The sender's port.</param>
    /// <param name="destinationPort">The receiver's port.</param>
    /// <param name="bytes">The captured bytes of the payload.</param>
    /// <param name="length">The payload's length on the wire; more than zero.</param>
    /// <param name="ip">The IP header around the segment.</param>
    public static void Print(Dissection d, ushort sourcePort, ushort destinationPort, PacketBytes bytes, int length, IpEnvelope ip)
    {
        bool On(ushort port) => sourcePort == port || destinationPort == port;
        if (On(23)) TelnetPrinter.Print(d, bytes, length);
        else if (On(25)) PrintText(d, "smtp", bytes, length);
        else if (On(43)) PrintText(d, "whois", bytes, length);
        else if (On(179)) BgpPrinter.Print(d, bytes);
        else if (On(646)) LdpPrinter.Print(d, bytes, length);
        else if (On(6633) || On(6653)) OpenFlowPrinter.Print(d, bytes, length);
        else if (On(323)) d.Print($", RPKI-RTR");
        else if (On(6379)) RespPrinter.Print(d, bytes, length);
        else if (On(22)) SshPrinter.Print(d, bytes, length);
        else if (On(21)) PrintText(d, "ftp", bytes, length);
        else if (On(80) || On(8080))
        {
            d.Print($": ");
            HttpPrinter.Print(d, bytes, length);
        }
        else if (On(554) || On(8554))
        {
            d.Print($": ");
            RtspPrinter.Print(d, bytes, length);
        }
        else if (On(53)) DnsPrinter.PrintOverTcp(d, bytes, length);
        else if (length >= RecordMarkLength && NfsPrinter.IsMessage(sourcePort, destinationPort, bytes.From(RecordMarkLength)))
        {
            // Over TCP a mark with its length stands before each RPC message (RFC 5531, section 11).
            int marked = (int)(bytes.U32(0) & 0x7fffffff);
            d.Print($": ");
            NfsPrinter.Print(d, bytes.From(RecordMarkLength), Math.Min(marked, length - RecordMarkLength), ip);
        }
    }

    private static void PrintText(Dissection d, string protocol, PacketBytes bytes, int length)
    {
        d.Print($": ");
        TextProtocolPrinter.Print(d, protocol, bytes, length);
    }
}
