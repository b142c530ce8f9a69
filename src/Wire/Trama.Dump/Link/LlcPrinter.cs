using Trama.Dump.Network;
using Trama.Dump.Text;
using Trama.Packets.Link;

namespace Trama.Dump.Link;

/// <summary>Prints logical link control, IEEE 802.2.</summary>
internal static class LlcPrinter
{
    // How Novell's frames of 802.3 begin, which have no LLC header.
    private const int AccessPointGlobal = 0xff;
    private const int ExchangeIdentification = 0xaf;
    private const int LastBit = 0x01;

    /// <summary>Prints an LLC header and what it carries.</summary>
    /// <returns>The length of the header, negated when what it carries has no printer.</returns>
    public static int Print(Dissection d, PacketBytes bytes, int length, LinkAddresses frame)
    {
        d.Protocol = "llc";
        bool isUnnumbered = bytes.Length > 2 && (bytes.U8(2) & 3) == 3;
        int headerLength = isUnnumbered || bytes.Length < 3 ? 3 : 4;
        if (bytes.Length < headerLength || length < headerLength)
        {
            d.Truncated();
            d.Output.AppendHexAndAsciiLines(bytes.Captured, "\n\t"u8);
            return Math.Min(bytes.Length, length);
        }

        int destination = bytes.U8(0), source = bytes.U8(1);
        int control = isUnnumbered ? bytes.U8(2) : bytes.LittleU16(2);
        if (destination == AccessPointGlobal && source == AccessPointGlobal) return 0;
        var header = new Header(destination & ~LastBit, source & ~LastBit, control, isUnnumbered, (source & LastBit) != 0);
        if (d.Options.LinkLayer) AppendHeader(d.Output, header, (destination & LastBit) != 0);
        bool isSame = header.Source == header.Destination && control == LlcHeader.UnnumberedInformation;
        PacketBytes payload = bytes.From(headerLength);
        if (isSame && header.Source == LlcHeader.AccessPointSnap)
        {
            int both = headerLength + SnapPrinter.HeaderLength;
            return SnapPrinter.TryPrint(d, payload, length - headerLength, frame, padding: 2) ? both : -both;
        }

        if (isSame && header.Source == LlcHeader.AccessPointIp)
        {
            Ipv4Printer.Print(d, payload, length - headerLength);
            return headerLength;
        }

        if (isSame && header.Source == LlcHeader.AccessPointSpanningTree)
        {
            SpanningTreePrinter.Print(d, payload, length - headerLength);
            return headerLength;
        }

        if (!d.Options.LinkLayer) AppendAccessPoints(d, header, frame);
        return PrintUnknown(d.Output, header, payload, length, d) ? headerLength : -headerLength;
    }

    private static void AppendHeader(LineWriter output, Header header, bool isGroup)
    {
        output.Append($"LLC, dsap {AccessPointName(header.Destination) ?? "Unknown"} (0x{header.Destination:x2}) ");
        output.Append($"{(isGroup ? "Group" : "Individual")}, ssap {AccessPointName(header.Source) ?? "Unknown"} (0x{header.Source:x2}) ");
        output.Append(header.IsResponse ? "Response"u8 : "Command"u8);
        if (header.IsUnnumbered) output.Append($", ctrl 0x{header.Control:x2}: ");
        else output.Append($", ctrl 0x{header.Control:x4}: ");
    }

    private static void AppendAccessPoints(Dissection d, Header header, LinkAddresses frame)
    {
        LineWriter output = d.Output;
        bool isSame = header.Source == header.Destination;
        if (!frame.IsEmpty) d.Addresses.AppendMac(frame.Bytes, EthernetHeader.SourceAt);
        if (!isSame)
        {
            if (!frame.IsEmpty) output.Append((byte)' ');
            AppendAccessPoint(output, "SSAP", header.Source);
        }

        if (!isSame || !frame.IsEmpty) output.Append(" > "u8);
        if (!frame.IsEmpty)
        {
            d.Addresses.AppendMac(frame.Bytes, EthernetHeader.DestinationAt);
            output.Append((byte)' ');
        }

        AppendAccessPoint(output, "DSAP", header.Destination);
        output.Append((byte)' ');
    }

    private static void AppendAccessPoint(LineWriter output, string kind, int number)
    {
        if (AccessPointName(number) is { } name) output.Append(name);
        else output.Append($"Unknown {kind} 0x{number:x2}");
    }

    /// <summary>Prints what the control field says of a frame whose contents have no printer.</summary>
    /// <returns>Whether there is nothing left to show.</returns>
    private static bool PrintUnknown(LineWriter output, Header header, PacketBytes payload, int length, Dissection d)
    {
        int control = header.Control;
        bool isFinal = (control & (header.IsUnnumbered ? 0x10 : 0x100)) != 0;
        string flags = (header.IsResponse, isFinal) switch
        {
            (false, false) => "Command",
            (true, false) => "Response",
            (false, true) => "Poll",
            (true, true) => "Final",
        };
        if (!header.IsUnnumbered && (control & 1) != 0)
        {
            string kind = (control >> 2 & 3) switch { 0 => "Receiver Ready", 1 => "Receiver not Ready", 2 => "Reject", _ => "?" };
            output.Append($"Supervisory, {kind}, rcv seq {control >> 9}, Flags [{flags}], length {length}");
            return true;
        }

        if (!header.IsUnnumbered)
        {
            output.Append($"Information, send seq {control >> 1 & 0x7f}, rcv seq {control >> 9}, Flags [{flags}], length {length}");
            return false;
        }

        int command = control & 0xef;
        output.Append("Unnumbered, "u8);
        if (CommandName(command) is { } name) output.Append(name);
        else output.Append($"{command:x2}");
        output.Append($", Flags [{flags}], length {length}");
        return command == ExchangeIdentification && PrintExchange(output, payload, length - 3, d);
    }

    /// <summary>Prints the format, types and window of an exchange of identification.</summary>
    private static bool PrintExchange(LineWriter output, PacketBytes payload, int length, Dissection d)
    {
        const int BasicFormat = 0x81;
        if (length == 0) return true;
        if (payload.Length == 0)
        {
            d.Truncated();
            return true;
        }

        if (payload.U8(0) != BasicFormat) return false;
        if (payload.Length >= 3 && length >= 3) output.Append($": {payload.U8(1):x2} {payload.U8(2):x2}");
        else
        {
            d.Truncated();
            output.AppendHexAndAsciiLines(payload.Captured, "\n\t"u8);
        }

        return true;
    }

    private static string? AccessPointName(int number) => number switch
    {
        0x00 => "Null",
        0x02 => "802.1B I",
        0x04 => "SNA",
        0x06 => "IP",
        0x0e => "ProWay NM",
        0x42 => "STP",
        0x4e => "RS511",
        0x7e => "ISO8208",
        0x8e => "ProWay",
        0xaa => "SNAP",
        0xe0 => "IPX",
        0xf0 => "NetBeui",
        0xfe => "OSI",
        _ => null,
    };

    private static string? CommandName(int command) => command switch
    {
        0x03 => "ui",
        0x0f => "dm",
        0x43 => "disc",
        0x63 => "ua",
        0x6f => "sabme",
        0x87 => "frmr",
        0xaf => "xid",
        0xe3 => "test",
        _ => null,
    };

    /// <summary>The header without the two bits that are no part of the access points' numbers.</summary>
    private readonly record struct Header(int Destination, int Source, int Control, bool IsUnnumbered, bool IsResponse);
}
