using Trama.Dump.Network;

namespace Trama.Dump.Link;

/// <summary>Prints packets that start with their IP header.</summary>
internal static class RawPrinter
{
    /// <summary>Prints a packet.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "raw";
        if (d.Options.LinkLayer) d.Output.Append("ip: "u8);
        IpPrinter.Print(d, bytes, length);
    }
}
