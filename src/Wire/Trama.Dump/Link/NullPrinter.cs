using Trama.Dump.Network;
using Trama.Dump.Text;

namespace Trama.Dump.Link;

/// <summary>Prints BSD loopback packets: an address family, in the byte order of the host that captured, before the packet.</summary>
internal static class NullPrinter
{
    private const int HeaderLength = 4;

    /// <summary>Prints a packet and what it carries.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "null";
        if (bytes.Length < HeaderLength)
        {
            d.Truncated();
            return bytes.Length;
        }

        // Families are small numbers: bits in the upper half mean that the other byte order was meant.
        uint family = bytes.LittleU32(0);
        if ((family & 0xffff0000) != 0) family = bytes.U32(0);
        PacketBytes payload = bytes.From(HeaderLength);
        length -= HeaderLength;
        if (d.Options.LinkLayer) AppendHeader(d, family, length);

        switch (family)
        {
            case 2:
                Ipv4Printer.Print(d, payload, length);
                break;
            case 24 or 28 or 30:
                Ipv6Printer.Print(d, payload, length);
                break;
            default:
                if (!d.Options.LinkLayer) AppendHeader(d, family, length);
                if (d.ShowsUnknownAsBytes) d.Output.AppendHexAndAsciiLines(payload.Captured, "\n\t"u8);
                break;
        }

        return HeaderLength;
    }

    private static void AppendHeader(Dissection d, uint family, int length)
    {
        string? name = FamilyName(family);
        if (d.Options.Quiet) d.Output.Append(name ?? "Unknown AF");
        else d.Output.Append($"AF {name ?? "Unknown"} ({family})");
        d.Output.Append($", length {length + HeaderLength}: ");
    }

    /// <summary>The BSDs never agreed on the number of IPv6.</summary>
    private static string? FamilyName(uint family) => family switch
    {
        2 => "IPv4",
        6 => "NS",
        7 => "ISO",
        16 => "Appletalk",
        23 => "IPX",
        24 or 28 or 30 => "IPv6",
        _ => null,
    };
}
