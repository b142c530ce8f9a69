using Trama.Dump.Link;

namespace Trama.Dump.Protocols.Tunnel;

/// <summary>Prints the Ethernet frame that a tunnel carries.</summary>
internal static class TunnelledEthernet
{
    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        if (!d.TryEnter()) return;
        EthernetPrinter.Print(d, bytes, length);
        d.Leave();
    }
}
