namespace Trama.Dump.Network;

/// <summary>Prints ARP and reverse ARP, RFC 826 and RFC 903.</summary>
internal static class ArpPrinter
{
    /// <summary>Prints a packet.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
    }
}
