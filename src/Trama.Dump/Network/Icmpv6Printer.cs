namespace Trama.Dump.Network;

/// <summary>Prints ICMPv6, RFC 4443.</summary>
internal static class Icmpv6Printer
{
    /// <summary>Prints a packet.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length, IpEnvelope ip)
    {
    }
}
