namespace Trama.Dump.Network;

/// <summary>Prints the mobility header of IPv6, RFC 6275.</summary>
internal static class MobilityPrinter
{
    /// <summary>Prints a packet.</summary>
    public static void Print(Dissection d, PacketBytes bytes)
    {
    }
}
