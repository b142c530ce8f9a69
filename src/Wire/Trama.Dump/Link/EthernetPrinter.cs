using Trama.Dump.Text;
using Trama.Packets.Link;

namespace Trama.Dump.Link;

/// <summary>Prints Ethernet frames with their VLAN tags, IEEE 802.3 and 802.1Q.</summary>
internal static class EthernetPrinter
{
    private const int HeaderLength = EthernetHeader.Length;

    /// <summary>Prints a frame and what it carries.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "ether";
        if (bytes.Length < HeaderLength || length < HeaderLength)
        {
            d.Truncated();
            return Math.Min(bytes.Length, length);
        }

        var frame = new LinkAddresses(bytes.First(EthernetHeader.TypeAt));
        bool showsHeader = d.Options.LinkLayer;
        if (showsHeader) AppendAddresses(d, frame);

        int type = bytes.U16(EthernetHeader.TypeAt);
        int at = HeaderLength;
        bool showedLength = false;
        while (VlanTag.IsTag(type))
        {
            if (bytes.Length - at < VlanHeader.Length || length - at < VlanHeader.Length)
            {
                d.Protocol = "vlan";
                d.Truncated();
                return Math.Min(bytes.Length, length);
            }

            if (showsHeader)
            {
                AppendType(d, type);
                AppendLength(d, length, ref showedLength);
                VlanTag.Append(d.Output, bytes.U16(at + VlanHeader.ContentsAt));
                d.Output.Append(", "u8);
            }

            type = bytes.U16(at + VlanHeader.TypeAt);
            at += VlanHeader.Length;
        }

        PacketBytes payload = bytes.From(at);
        int payloadLength = length - at;
        if (type <= EthernetHeader.MaxLengthField)
        {
            payloadLength = Math.Min(type, payloadLength);
            payload = payload.First(payloadLength);
            if (showsHeader)
            {
                d.Output.Append("802.3"u8);
                AppendLength(d, payloadLength, ref showedLength);
            }

            return at + PrintLogicalLink(d, payload, payloadLength, frame);
        }

        if (showsHeader)
        {
            AppendType(d, type);
            AppendLength(d, length, ref showedLength);
        }

        if (type == (int)EtherType.Jumbo) return at + PrintLogicalLink(d, payload, payloadLength, frame);
        if (EtherTypePrinter.TryPrint(d, (EtherType)type, payload, payloadLength, frame)) return at;
        if (!showsHeader)
        {
            AppendAddresses(d, frame);
            AppendType(d, type);
            AppendLength(d, length, ref showedLength);
        }

        if (d.ShowsUnknownAsBytes) d.Output.AppendHexAndAsciiLines(payload.Captured, "\n\t"u8);
        return at;
    }

    /// <summary>Appends a frame's type as <c>-e</c> shows it.</summary>
    public static void AppendType(Dissection d, int type)
    {
        string? name = EtherTypeNames.Find(type);
        if (!d.Options.Quiet) d.Output.Append($"ethertype {name ?? "Unknown"} (0x{type:x4})");
        else if (name is not null) d.Output.Append(name);
        else d.Output.Append($"Unknown Ethertype (0x{type:x4})");
    }

    private static int PrintLogicalLink(Dissection d, PacketBytes payload, int length, LinkAddresses frame)
    {
        int header = LlcPrinter.Print(d, payload, length, frame);
        if (header >= 0) return header;
        if (d.ShowsUnknownAsBytes) d.Output.AppendHexAndAsciiLines(payload.Captured, "\n\t"u8);
        return -header;
    }

    private static void AppendAddresses(Dissection d, LinkAddresses frame)
    {
        d.Addresses.AppendMac(frame.Bytes, EthernetHeader.SourceAt);
        d.Output.Append(" > "u8);
        d.Addresses.AppendMac(frame.Bytes, EthernetHeader.DestinationAt);
        d.Output.Append(", "u8);
    }

    private static void AppendLength(Dissection d, int length, ref bool showed)
    {
        if (showed) d.Output.Append(", "u8);
        else d.Output.Append($", length {length}: ");
        showed = true;
    }
}
