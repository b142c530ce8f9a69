namespace Trama.Dump.Network;

/// <summary>Prints ICMP, RFC 792.</summary>
internal static class IcmpPrinter
{
    /// <summary>Prints a packet.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length, IpEnvelope ip)
    {
    }
}
