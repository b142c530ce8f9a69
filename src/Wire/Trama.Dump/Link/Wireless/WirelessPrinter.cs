using Trama.Packets.Link;

namespace Trama.Dump.Link.Wireless;

/// <summary>Prints 802.11 frames.</summary>
internal static class WirelessPrinter
{
    private const int ControlLength = 2, ManagementLength = 24, DataLength = 24, AddressLength = EthernetHeader.AddressLength;
    private const int QualityLength = 2, ChecksumLength = 4;
    private const int OrderBit = 0x8000;

    private static readonly string[] DataKinds = ["", "Ack", "Poll", "Ack/Poll"];

    /// <summary>Prints a frame and what it carries.</summary>
    /// <param name="d">The packet in progress.</param>
    /// <param name="bytes">The captured bytes.</param>
    /// <param name="length">The frame's length on the wire, with its checksum.</param>
    /// <param name="isPadded">Whether the header is filled up to a multiple of four bytes.</param>
    /// <param name="hasChecksum">Whether the frame ends in its checksum.</param>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int Print(Dissection d, PacketBytes bytes, int length, bool isPadded = false, bool hasChecksum = false)
    {
        d.Protocol = "802.11";
        int captured = bytes.Length;
        if (hasChecksum)
        {
            if (length < ChecksumLength)
            {
                d.Truncated();
                return captured;
            }

            length -= ChecksumLength;
            bytes = bytes.First(length);
        }

        if (!bytes.Has(ControlLength))
        {
            d.Truncated();
            return captured;
        }

        int control = bytes.LittleU16(WirelessHeader.FrameControlAt), type = control >> 2 & 3, subtype = control >> 4 & 15;
        int header = type switch
        {
            0 => ManagementLength,
            1 => ControlFramePrinter.LengthOf(subtype),
            2 => LengthOfData(control),
            _ => 0,
        };
        if (header == 0)
        {
            if (type == 1) d.Print($"unknown 802.11 ctrl frame subtype ({subtype})");
            else d.Print($"unknown 802.11 frame type ({type})");
            return 0;
        }

        if (isPadded) header = header + 3 & ~3;
        if (!bytes.Has(header))
        {
            d.Truncated();
            return header;
        }

        if (d.Options.LinkLayer) PrintHeader(d, control, type, subtype, bytes);
        PacketBytes body = bytes.From(header);
        switch (type)
        {
            case 0:
                if (!ManagementFramePrinter.Print(d, control, bytes, body, length - header)) d.Truncated();
                return header;
            case 1:
                ControlFramePrinter.Print(d, subtype, bytes);
                return header;
            default:
                return header + PrintData(d, control, bytes, body, length - header);
        }
    }

    /// <summary>Prints what is not encrypted of a protected frame's contents; false when that was not captured.</summary>
    public static bool PrintProtected(Dissection d, PacketBytes body)
    {
        if (!body.Has(4)) return false;
        uint vector = body.LittleU32(0);
        d.Print($" IV:{vector & 0xffffff:x3} Pad {vector >> 24 & 0x3f:x} KeyID {vector >> 30:x}");
        return true;
    }

    // The field that controls the rate is not passed, as tcpdump does not.
    private static int LengthOfData(int control)
    {
        int length = DataLength;
        if ((control & WirelessHeader.FourAddresses) == WirelessHeader.FourAddresses) length += AddressLength;
        return (control & WirelessHeader.QualityOfService) != 0 ? length + QualityLength : length;
    }

    private static int PrintData(Dissection d, int control, PacketBytes bytes, PacketBytes body, int length)
    {
        if ((control & WirelessHeader.NoData) != 0) return 0;
        if ((control & WirelessHeader.Protected) != 0)
        {
            d.Print($"Data");
            if (!PrintProtected(d, body)) d.Truncated();
            return 0;
        }

        // Of the addresses, the first ones that name the ends, receiver's first, as in an Ethernet header.
        Span<byte> ends = stackalloc byte[2 * AddressLength];
        (int destination, int source) = (control >> 8 & 3) switch { 0 => (1, 2), 1 => (3, 2), 2 => (1, 3), _ => (3, 4) };
        bytes.Captured.Slice(AddressAt(destination), AddressLength).CopyTo(ends);
        bytes.Captured.Slice(AddressAt(source), AddressLength).CopyTo(ends[AddressLength..]);
        int header = LlcPrinter.Print(d, body, length, new LinkAddresses(new PacketBytes(d, ends)));
        if (header >= 0) return header;
        if (d.ShowsUnknownAsBytes) Text.ByteDumpText.AppendHexAndAsciiLines(d.Output, body.Captured, "\n\t"u8);
        return -header;
    }

    private static void PrintHeader(Dissection d, int control, int type, int subtype, PacketBytes bytes)
    {
        if (d.Verbosity > 0) PrintFlags(d, control, type, subtype, bytes);
        switch (type)
        {
            case 0:
                d.Print($"BSSID:{Address(bytes, 3):m} DA:{Address(bytes, 1):m} SA:{Address(bytes, 2):m} ");
                break;
            case 1:
                ControlFramePrinter.PrintHeader(d, subtype, bytes);
                break;
            default:
                PrintDataHeader(d, control, subtype, bytes);
                break;
        }
    }

    private static void PrintFlags(Dissection d, int control, int type, int subtype, PacketBytes bytes)
    {
        d.Print($"{((control & 0x2000) != 0 ? "More Data " : "")}{((control & 0x0400) != 0 ? "More Fragments " : "")}");
        d.Print($"{((control & 0x1000) != 0 ? "Pwr Mgmt " : "")}{((control & 0x0800) != 0 ? "Retry " : "")}");
        if ((control & OrderBit) != 0) d.Print($"Strictly Ordered ");
        if ((control & WirelessHeader.Protected) != 0) d.Print($"Protected ");
        if (type != 1 || subtype != ControlFramePrinter.PowerSavePoll) d.Print($"{bytes.LittleU16(2)}us ");
    }

    private static void PrintDataHeader(Dissection d, int control, int subtype, PacketBytes bytes)
    {
        int kind = subtype & 3;
        bool hasQuality = (control & WirelessHeader.QualityOfService) != 0;
        if (kind != 0 || hasQuality) d.Print($"CF {DataKinds[kind]}{(hasQuality ? "+QoS" : "")} ");
        ReadOnlySpan<byte> first = Address(bytes, 1), second = Address(bytes, 2), third = Address(bytes, 3);
        switch (control >> 8 & 3)
        {
            case 0:
                d.Print($"DA:{first:m} SA:{second:m} BSSID:{third:m} ");
                break;
            case 1:
                d.Print($"BSSID:{first:m} SA:{second:m} DA:{third:m} ");
                break;
            case 2:
                d.Print($"DA:{first:m} BSSID:{second:m} SA:{third:m} ");
                break;
            default:
                d.Print($"RA:{first:m} TA:{second:m} DA:{third:m} SA:{Address(bytes, 4):m} ");
                break;
        }
    }

    /// <summary>One of a frame's addresses, by its number from 1.</summary>
    public static ReadOnlySpan<byte> Address(PacketBytes bytes, int number) => bytes.Fetch(AddressAt(number), AddressLength);

    // Between the third and the fourth there is a sequence number.
    private static int AddressAt(int number) => number < 4 ? 4 + (number - 1) * AddressLength : WirelessHeader.MinimumLength;
}
