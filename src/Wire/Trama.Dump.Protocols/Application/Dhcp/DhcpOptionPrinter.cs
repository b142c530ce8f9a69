using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Application.Dhcp;

/// <summary>Prints the options of a DHCP message, one a line.</summary>
internal static class DhcpOptionPrinter
{
    /// <summary>Prints options.</summary>
    /// <param name="d">The packet being printed.</param>
    /// <param name="bytes">From the magic cookie on, to the end of what was captured.</param>
    public static void Print(Dissection d, PacketBytes bytes)
    {
        d.Print($"\n\t  Vendor-rfc1048 Extensions\n\t    Magic Cookie 0x{bytes.U32(0):x8}");
        int at = 4;
        while (at < bytes.Length && !d.IsCut)
        {
            int code = bytes.U8(at++);
            if (code == (int)DhcpOptionCode.End) return;
            if (code == (int)DhcpOptionCode.Pad) continue;
            DhcpOption option = DhcpOptionTable.Find(code);
            int length = bytes.U8(at++);
            d.Print($"\n\t    {option.Label} ({code}), length {length}{(length > 0 ? ": " : "")}");
            if (!bytes.Has(at, length))
            {
                d.Truncated();
                return;
            }

            int used = PrintValue(d, option.Encoding, bytes.From(at).First(length));
            if (used < length) d.Print($"\n\t  trailing data length {length - used}");
            at += length;
        }
    }

    private static int PrintRequests(Dissection d, PacketBytes value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            int code = value.U8(i);
            d.Print($"{(i % 4 == 0 ? "\n\t      " : ", ")}{DhcpOptionTable.Find(code).Label} ({code})");
        }

        return value.Length;
    }

    /// <summary>Prints a value; returns how many of its bytes that took.</summary>
    private static int PrintValue(Dissection d, DhcpEncoding encoding, PacketBytes value)
    {
        int length = value.Length;
        switch (encoding)
        {
            case DhcpEncoding.Characters:
                d.Print($"\"{value.Captured:s}\"");
                return length;
            case DhcpEncoding.OptionList:
                return PrintRequests(d, value);
            case DhcpEncoding.RelayAgent:
                PrintAgent(d, value);
                return length;
            case DhcpEncoding.MessageType when length == 1:
                d.Print($"{MessageName(value.U8(0))}");
                return length;
            case DhcpEncoding.Unknown:
                encoding = (length & 1) != 0 ? DhcpEncoding.Octets : (length & 2) != 0 ? DhcpEncoding.Unsigned16 : DhcpEncoding.Unsigned32;
                break;
        }

        return encoding >= DhcpEncoding.NodeType ? PrintOwn(d, encoding, value) : PrintItems(d, encoding, value);
    }

    private static int PrintItems(Dissection d, DhcpEncoding encoding, PacketBytes value)
    {
        int size = encoding switch
        {
            DhcpEncoding.Addresses or DhcpEncoding.Unsigned32 or DhcpEncoding.Signed32 => 4,
            DhcpEncoding.AddressPairs => 8,
            DhcpEncoding.Unsigned16 => 2,
            _ => 1,
        };
        int at = 0;
        for (; value.Length - at >= size; at += size)
        {
            if (at > 0) d.Print($"{(size > 1 || encoding == DhcpEncoding.Flags ? "," : ".")}");
            PrintItem(d, encoding, value, at);
        }

        return at;
    }

    private static void PrintItem(Dissection d, DhcpEncoding encoding, PacketBytes value, int at)
    {
        switch (encoding)
        {
            case DhcpEncoding.Addresses:
                d.Print($"{value.Ipv4(at)}");
                break;
            case DhcpEncoding.Unsigned32:
                d.Print($"{value.U32(at)}");
                break;
            case DhcpEncoding.Signed32:
                d.Print($"{(int)value.U32(at)}");
                break;
            case DhcpEncoding.AddressPairs:
                d.Print($"({value.Ipv4(at)}:{value.Ipv4(at + 4)})");
                break;
            case DhcpEncoding.Unsigned16:
                d.Print($"{value.U16(at)}");
                break;
            case DhcpEncoding.Flags:
                int flag = value.U8(at);
                d.Print($"{flag switch { 0 => "N", 1 => "Y", _ => $"{flag}?" }}");
                break;
            default:
                d.Print($"{value.U8(at)}");
                break;
        }
    }

    /// <summary>Prints a value whose encoding is one option's own.</summary>
    private static int PrintOwn(Dissection d, DhcpEncoding encoding, PacketBytes value)
    {
        int least = encoding switch { DhcpEncoding.FullName => 3, DhcpEncoding.Routes => 5, _ => 1 };
        if (value.Length < least)
        {
            d.Print($"[ERROR: length < {least} bytes]");
            return value.Length;
        }

        switch (encoding)
        {
            case DhcpEncoding.NodeType:
                d.Print($"{value.U8(0) switch { 1 => "b-node", 2 => "p-node", 4 => "m-node", 8 => "h-node", var node => $"#{node}" }}");
                return 1;
            case DhcpEncoding.Overload:
                d.Print($"{value.U8(0) switch { 1 => "file", 2 => "sname", 3 => "file+sname", var fields => $"#{fields}" }}");
                return 1;
            case DhcpEncoding.Client:
                PrintClient(d, value);
                return value.Length;
            case DhcpEncoding.FullName:
                PrintFullName(d, value);
                return value.Length;
            case DhcpEncoding.Routes:
                PrintRoutes(d, value);
                return value.Length;
            default:
                return 0;
        }
    }

    private static void PrintClient(Dissection d, PacketBytes value)
    {
        int type = value.U8(0);
        if (type == 0) d.Print($"\"{value.Captured[1..]:s}\"");
        else d.Print($"{HardwareName(type)} {value.Captured[1..]:m}");
    }

    private static void PrintFullName(Dissection d, PacketBytes value)
    {
        int flags = value.U8(0);
        if ((flags & 0xf0) != 0) d.Print($"[ERROR: MBZ nibble 0x{flags >> 4:x} != 0] ");
        if ((flags & 0x0f) != 0)
        {
            d.Print($"[");
            for (int bit = 0; bit < 4; bit++)
            {
                if ((flags & 1 << bit) != 0) d.Print($"{"SOEN"[bit]}");
            }

            d.Print($"] ");
        }

        if (value.U16(1) != 0) d.Print($"{value.U8(1)}/{value.U8(2)} ");
        d.Print($"\"{value.Captured[3..]:s}\"");
    }

    /// <summary>Prints what a relay agent adds (RFC 3046).</summary>
    private static void PrintAgent(Dissection d, PacketBytes value)
    {
        int at = 0;
        while (value.Length - at >= 2)
        {
            int type = value.U8(at), length = value.U8(at + 1);
            at += 2;
            string name = type switch { 1 => "Circuit-ID", 2 => "Remote-ID", 6 => "Subscriber-ID", _ => "Unknown" };
            d.Print($"\n\t      {name} SubOption {type}, length {length}: ");
            if (length > value.Length - at)
            {
                d.Print($"length goes past end of option");
                return;
            }

            ReadOnlySpan<byte> content = value.Captured.Slice(at, length);
            if (type is 1 or 2 or 6) d.Output.AppendPrintable(content);
            else d.Output.AppendHexLines(content, "\n\t\t"u8);
            at += length;
        }
    }

    /// <summary>Prints routes with a prefix length each (RFC 3442).</summary>
    private static void PrintRoutes(Dissection d, PacketBytes value)
    {
        int at = 0;
        while (at < value.Length)
        {
            if (at > 0) d.Print($",");
            int bits = value.U8(at++);
            int left = value.Length - at;
            int size = (bits + 7) / 8;
            if (bits > 32)
            {
                d.Print($"[ERROR: Mask width ({bits}) > 32]");
                return;
            }

            if (left < size + 4)
            {
                d.Print($"[ERROR: Remaining length ({left}) < {size + 4} bytes]");
                return;
            }

            d.Print($"(");
            for (int i = 0; i < 4 && bits > 0; i++) d.Print($"{(i > 0 ? "." : "")}{(i < size ? value.U8(at + i) : 0)}");
            if (bits == 0) d.Print($"default");
            else d.Print($"/{bits}");
            d.Print($":{value.Ipv4(at + size)})");
            at += size + 4;
        }
    }

    private static string MessageName(int type) => type switch
    {
        1 => "Discover",
        2 => "Offer",
        3 => "Request",
        4 => "Decline",
        5 => "ACK",
        6 => "NACK",
        7 => "Release",
        8 => "Inform",
        10 => "LeaseQuery",
        11 => "LeaseUnassigned",
        12 => "LeaseUnknown",
        13 => "LeaseActive",
        _ => $"Unknown ({type})",
    };

    private static string HardwareName(int type) => type switch
    {
        1 => "ether",
        6 => "ieee802",
        7 => "arcnet",
        15 => "frelay",
        23 => "strip",
        24 => "ieee1394",
        _ => $"hardware-type {type},",
    };
}
