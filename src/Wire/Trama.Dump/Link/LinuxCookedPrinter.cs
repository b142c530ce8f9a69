using Trama.Dump.Text;
using Trama.Packets.Link;

namespace Trama.Dump.Link;

/// <summary>Prints Linux cooked captures, versions 1 and 2.</summary>
internal static class LinuxCookedPrinter
{
    private const int HeaderLength1 = 16;
    private const int HeaderLength2 = 20;
    private const int NovellFrame = 1;
    private const int LogicalLinkFrame = 4;

    /// <summary>Prints a packet with a header of version 1.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int PrintVersion1(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "sll";
        if (bytes.Length < HeaderLength1)
        {
            d.Truncated();
            return bytes.Length;
        }

        if (d.Options.LinkLayer)
        {
            // To the right here, to the left in version 2.
            ReadOnlySpan<byte> direction = DirectionOf(bytes.U16(0));
            d.Output.Append("   "u8[direction.Length..]);
            d.Output.Append(direction);
            d.Output.Append((byte)' ');
        }

        var header = new Header(bytes.From(6), bytes.U16(4), bytes.U16(14), null);
        return PrintPayload(d, header, bytes, length, HeaderLength1);
    }

    /// <summary>Prints a packet with a header of version 2, which names the interface.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int PrintVersion2(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "sll2";
        if (bytes.Length < HeaderLength2)
        {
            d.Truncated();
            return bytes.Length;
        }

        uint index = bytes.U32(4);
        int start = d.Output.Length;
        d.Output.Append(InterfaceNames.Find(index) ?? "?");
        while (d.Output.Length - start < 6) d.Output.Append((byte)' ');
        if (d.Output.Length - start > 6 || d.Output.Written[^1] != ' ') d.Output.Append((byte)' ');
        ReadOnlySpan<byte> direction = DirectionOf(bytes.U8(10));
        d.Output.Append(direction);
        d.Output.Append("    "u8[direction.Length..]);
        var header = new Header(bytes.From(12), bytes.U8(11), bytes.U16(0), index);
        return PrintPayload(d, header, bytes, length, HeaderLength2);
    }

    private static int PrintPayload(Dissection d, Header header, PacketBytes bytes, int length, int at)
    {
        int headerLength = at;
        if (d.Options.LinkLayer) AppendHeader(d, header, length);
        int type = header.Type;
        while (type == (int)EtherType.Vlan)
        {
            if (bytes.Length - at < VlanTag.Length || length - at < VlanTag.Length)
            {
                d.Protocol = "vlan";
                d.Truncated();
                return Math.Min(bytes.Length, length);
            }

            if (d.Options.LinkLayer)
            {
                VlanTag.Append(d.Output, bytes.U16(at));
                d.Output.Append(", "u8);
            }

            type = bytes.U16(at + 2);
            if (type <= EthernetPrinter.MaximumPayloadLength) type = LogicalLinkFrame;
            if (!d.Options.Quiet) d.Output.Append($"ethertype {EtherTypeNames.Find(type) ?? "Unknown"}, ");
            at += VlanTag.Length;
        }

        PacketBytes payload = bytes.From(at);
        if (type == LogicalLinkFrame)
        {
            int linkHeader = LlcPrinter.Print(d, payload, length - at, default);
            if (linkHeader >= 0) return at + linkHeader;
        }
        else if (type > EthernetPrinter.MaximumPayloadLength)
        {
            if (EtherTypePrinter.TryPrint(d, (EtherType)type, payload, length - at, default)) return at;
            if (!d.Options.LinkLayer) AppendHeader(d, header, length - at + headerLength);
        }

        if (d.ShowsUnknownAsBytes) d.Output.AppendHexAndAsciiLines(payload.Captured, "\n\t"u8);
        return at;
    }

    private static ReadOnlySpan<byte> DirectionOf(int packetType) => packetType switch
    {
        0 => "In"u8,
        1 => "B"u8,
        2 => "M"u8,
        3 => "P"u8,
        4 => "Out"u8,
        _ => "?"u8,
    };

    private static void AppendHeader(Dissection d, Header header, int length)
    {
        if (header.InterfaceIndex is { } index) d.Output.Append($"ifindex {index} ");
        if (header.AddressLength == 6)
        {
            d.Addresses.AppendMac(header.Address, 0);
            d.Output.Append((byte)' ');
        }

        if (d.Options.Quiet) return;
        if (header.Type == NovellFrame) d.Output.Append("802.3"u8);
        else if (header.Type == LogicalLinkFrame) d.Output.Append("802.2"u8);
        else d.Output.Append($"ethertype {EtherTypeNames.Find(header.Type) ?? "Unknown"} (0x{header.Type:x4})");
        d.Output.Append($", length {length}: ");
    }

    /// <summary>What both versions of the header say.</summary>
    private readonly ref struct Header(PacketBytes address, int addressLength, int type, uint? interfaceIndex)
    {
        public PacketBytes Address { get; } = address;

        public int AddressLength { get; } = addressLength;

        public int Type { get; } = type;

        public uint? InterfaceIndex { get; } = interfaceIndex;
    }
}
