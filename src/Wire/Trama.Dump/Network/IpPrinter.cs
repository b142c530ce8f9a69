namespace Trama.Dump.Network;

/// <summary>Prints IP packets whose version only their first byte tells.</summary>
internal static class IpPrinter
{
    /// <summary>Prints a packet.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "ipn";
        if (length < 1)
        {
            d.Output.Append($"truncated-ip {length}");
            return;
        }

        switch (bytes.U8(0) >> 4)
        {
            case 4:
                Ipv4Printer.Print(d, bytes, length);
                break;
            case 6:
                Ipv6Printer.Print(d, bytes, length);
                break;
            case int version:
                d.Output.Append($"unknown ip {version}");
                break;
        }
    }
}
