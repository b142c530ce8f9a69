using Trama.Dump.Network;

namespace Trama.Dump.Transport;

/// <summary>Prints UDP, RFC 768.</summary>
internal static class UdpPrinter
{
    /// <summary>Prints a packet.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length, IpEnvelope ip)
    {
    }
}
