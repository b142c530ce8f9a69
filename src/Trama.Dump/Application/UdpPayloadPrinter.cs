using Trama.Dump.Application.Dns;
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
            NfsPrinter.Print(d, bytes, length);
            return true;
        }

        bool On(ushort port) => source == port || destination == port;
        if (On(53)) DnsPrinter.Print(d, bytes, length, multicast: false);
        else if (On(5353)) DnsPrinter.Print(d, bytes, length, multicast: true);
        else if (On(4789)) VxlanPrinter.Print(d, bytes, length);
        else if (On(6081)) GenevePrinter.Print(d, bytes, length);
        else if (On(6635)) MplsPrinter.Print(d, bytes, length);
        else if (On(5060)) SipPrinter.Print(d, bytes, length);
        else return false;
        return true;
    }
}
