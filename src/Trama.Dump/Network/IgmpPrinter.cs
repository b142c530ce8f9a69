namespace Trama.Dump.Network;

/// <summary>Prints IGMP, RFC 9776.</summary>
internal static class IgmpPrinter
{
    /// <summary>Prints a packet.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
    }
}
