using Trama.Dump.Text;
using Trama.Packets.Link;

namespace Trama.Dump.Link;

/// <summary>Prints Linux cooked captures, versions 1 and 2.</summary>
internal static class LinuxCookedPrinter
{
    private const int NovellFrame = 1;
    private const int LogicalLinkFrame = CookedHeader.LogicalLinkType;

    /// <summary>Prints a packet with a header of version 1.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int PrintVersion1(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "sll";
        if (bytes.Length < CookedHeader.Length)
        {
            d.Truncated();
            return bytes.Length;
        }

        if (d.Options.LinkLayer)
        {
            // To the right here, to the left in version 2.
            ReadOnlySpan<byte> direction = DirectionOf(bytes.U16(CookedHeader.PacketTypeAt));
            d.Output.Append("   "u8[direction.Length..]);
            d.Output.Append(direction);
            d.Output.Append((byte)' ');
        }

        var header = new Header(
            bytes.From(CookedHeader.AddressAt), bytes.U16(CookedHeader.AddressLengthAt), bytes.U16(CookedHeader.TypeAt), null);
        return PrintPayload(d, header, bytes, length, CookedHeader.Length);
    }

    /// <summary>Prints a packet with a header of version 2, which names the interface.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int PrintVersion2(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "sll2";
        if (bytes.Length < CookedHeader2.Length)
        {
            d.Truncated();
            return bytes.Length;
        }

        uint index = bytes.U32(CookedHeader2.InterfaceAt);
        int start = d.Output.Length;
        d.Output.Append(InterfaceNames.Find(index) ?? "?");
        while (d.Output.Length - start < 6) d.Output.Append((byte)' ');
        if (d.Output.Length - start > 6 || d.Output.Written[^1] != ' ') d.Output.Append((byte)' ');
        ReadOnlySpan<byte> direction = DirectionOf(bytes.U8(CookedHeader2.PacketTypeAt));
        d.Output.Append(direction);
        d.Output.Append("    "u8[direction.Length..]);
        var header = new Header(
            bytes.From(CookedHeader2.AddressAt), bytes.U8(CookedHeader2.AddressLengthAt), bytes.U16(CookedHeader2.TypeAt), index);
        return PrintPayload(d, header, bytes, length, CookedHeader2.Length);
    }

    private static int PrintPayload(Dissection d, Header header, PacketBytes bytes, int length, int at)
    {
        int headerLength = at;
        if (d.Options.LinkLayer) AppendHeader(d, header, length);
        int type = header.Type;
        while (type == (int)EtherType.Vlan)
        {
            if (bytes.Length - at < VlanHeader.Length || length - at < VlanHeader.Length)
            {
                d.Protocol = "vlan";
                d.Truncated();
                return Math.Min(bytes.Length, length);
            }

            if (d.Options.LinkLayer)
            {
                VlanTag.Append(d.Output, bytes.U16(at + VlanHeader.ContentsAt));
                d.Output.Append(", "u8);
            }

            type = bytes.U16(at + VlanHeader.TypeAt);
            if (type <= EthernetHeader.MaxLengthField) type = LogicalLinkFrame;
            if (!d.Options.Quiet) d.Output.Append($"ethertype {EtherTypeNames.Find(type) ?? "Unknown"}, ");
            at += VlanHeader.Length;
        }

        PacketBytes payload = bytes.From(at);
        if (type == LogicalLinkFrame)
        {
            int linkHeader = LlcPrinter.Print(d, payload, length - at, default);
            if (linkHeader >= 0) return at + linkHeader;
        }
        else if (type > EthernetHeader.MaxLengthField)
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
