using Trama.Dump.Text;
using Trama.Packets.Link;

namespace Trama.Dump.Link;

/// <summary>Prints IP over InfiniBand, RFC 4391.</summary>
internal static class InfinibandPrinter
{
    private const int HeaderLength = InfinibandHeader.Length;

    /// <summary>Prints a packet and what it carries.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "ipoib";
        if (!bytes.Has(HeaderLength) || length < HeaderLength)
        {
            d.Truncated();
            return bytes.Length;
        }

        int type = bytes.U16(InfinibandHeader.TypeAt);
        if (d.Options.LinkLayer)
        {
            d.Print($"IPOIB");
            AppendHeader(d, type, length);
        }

        PacketBytes payload = bytes.From(HeaderLength);
        if (EtherTypePrinter.TryPrint(d, (EtherType)type, payload, length - HeaderLength, default)) return HeaderLength;
        if (!d.Options.LinkLayer) AppendHeader(d, type, length);
        if (d.ShowsUnknownAsBytes) d.Output.AppendHexAndAsciiLines(payload.Captured, "\n\t"u8);
        return HeaderLength;
    }

    private static void AppendHeader(Dissection d, int type, int length)
    {
        d.Print($", ethertype {EtherTypeNames.Find(type) ?? "Unknown"}");
        if (!d.Options.Quiet) d.Print($" (0x{type:x4})");
        d.Print($", length {length}: ");
    }
}
