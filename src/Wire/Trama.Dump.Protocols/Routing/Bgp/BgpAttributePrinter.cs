using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Routing.Bgp;

/// <summary>Prints the attributes of BGP routes (RFC 4271 section 5 and the RFCs that add to it).</summary>
internal static class BgpAttributePrinter
{
    private const int DeepestSet = 10;

    /// <summary>Prints an attribute's name, length and flags.</summary>
    public static void PrintHeader(Dissection d, int type, int flags, int length)
    {
        d.Print($"{Name(type)} ({type}), length: {length}");
        if (flags == 0) return;
        d.Print($", Flags [");
        for (int bit = 0; bit < 4; bit++)
        {
            if ((flags & 0x80 >> bit) != 0) d.Print($"{"OTPE"[bit]}");
        }

        if ((flags & 0x0f) != 0) d.Print($"+{flags & 0x0f:x}");
        d.Print($"]");
    }

    /// <summary>Prints an attribute's value; false when it broke off.</summary>
    /// <param name="d">The packet being printed.</param>
    /// <param name="type">The attribute's type.</param>
    /// <param name="bytes">Its value.</param>
    /// <param name="depth">In how many sets of attributes it is.</param>
    public static bool Print(Dissection d, int type, PacketBytes bytes, int depth)
    {
        int length = bytes.Length;
        bool fits = type switch
        {
            1 => length == 1,
            2 or 17 => length % 2 == 0,
            3 or 4 or 5 or 9 => length == 4,
            6 => length == 0,
            7 => length is 6 or 8,
            8 or 10 => length % 4 == 0,
            16 => length % 8 == 0,
            18 => length == 8,
            32 => length > 0 && length % 12 == 0,
            _ => true,
        };
        if (!fits)
        {
            d.Print($"invalid len");
            return true;
        }

        switch (type)
        {
            case 1:
                d.Print($"{bytes.U8(0) switch { 0 => "IGP", 1 => "EGP", 2 => "Incomplete", _ => "Unknown Origin Typecode" }}");
                return true;
            case 2 or 17:
                PrintPath(d, bytes, type == 17);
                return true;
            case 3 or 9:
                d.Print($"{bytes.Ipv4(0)}");
                return true;
            case 4 or 5:
                d.Print($"{bytes.U32(0)}");
                return true;
            case 6:
                return true;
            case 7 or 18:
                d.Print($" AS #{(length == 6 ? bytes.U16(0) : bytes.U32(0))}, origin {bytes.Ipv4(length - 4)}");
                return true;
            case 8:
                PrintCommunities(d, bytes);
                return true;
            case 10:
                for (int at = 0; at < length; at += 4) d.Print($"{bytes.Ipv4(at)}{(at + 4 < length ? ", " : "")}");
                return true;
            case 14:
                return BgpReachability.PrintReach(d, bytes);
            case 15:
                return BgpReachability.PrintUnreach(d, bytes);
            case 16:
                for (int at = 0; at < length; at += 8) BgpExtendedCommunity.Print(d, bytes.From(at).First(8));
                return true;
            case 22:
                return PrintTunnel(d, bytes);
            case 26:
                return PrintMetrics(d, bytes);
            case 32:
                d.Print($"\n\t    ");
                for (int at = 0; at < length; at += 12)
                {
                    d.Print($"{bytes.U32(at)}:{bytes.U32(at + 4)}:{bytes.U32(at + 8)}{(at + 12 < length ? ", " : "")}");
                }

                return true;
            case 128:
                return PrintSet(d, bytes, depth);
            default:
                d.Print($"\n\t    no Attribute {type} decoder");
                if (d.Verbosity <= 1) d.Output.AppendHexLines(bytes.Captured, "\n\t    "u8);
                return true;
        }
    }

    /// <summary>
    /// Prints the path of autonomous systems. Their numbers have two or four bytes (RFC 6793), which nothing in the message tells:
    /// they have two if the segments then end exactly at the end.
    /// </summary>
    private static void PrintPath(Dissection d, PacketBytes bytes, bool fourBytes)
    {
        if (bytes.Length == 0)
        {
            d.Print($"empty");
            return;
        }

        int size = fourBytes || !FitsTwoBytes(bytes) ? 4 : 2;
        for (int at = 0; at < bytes.Length && !d.IsCut;)
        {
            int kind = bytes.U8(at), count = bytes.U8(at + 1);
            d.Print($"{kind switch { 1 => "{ ", 2 => "", 3 => "( ", 4 => "({ ", _ => "?" }}");
            for (int i = 0; i < count && !d.IsCut; i++)
            {
                int number = at + 2 + i * size;
                d.Print($"{(size == 2 ? bytes.U16(number) : bytes.U32(number))} ");
            }

            d.Print($"{kind switch { 1 => "}", 2 => "", 3 => ")", 4 => "})", _ => "?" }}");
            at += 2 + count * size;
        }
    }

    private static bool FitsTwoBytes(PacketBytes bytes)
    {
        int at = 0;
        while (at + 1 < bytes.Length)
        {
            if (bytes.U8(at) is < 1 or > 4) return false;
            at += 2 + bytes.U8(at + 1) * 2;
        }

        return at == bytes.Length;
    }

    private static void PrintCommunities(Dissection d, PacketBytes bytes)
    {
        for (int at = 0; at < bytes.Length; at += 4)
        {
            uint community = bytes.U32(at);
            string? name = community switch
            {
                0xffffff01 => " NO_EXPORT",
                0xffffff02 => " NO_ADVERTISE",
                0xffffff03 => " NO_EXPORT_SUBCONFED",
                _ => null,
            };
            if (name is not null) d.Print($"{name}");
            else d.Print($"{community >> 16}:{community & 0xffff}{(at + 4 < bytes.Length ? ", " : "")}");
        }
    }

    /// <summary>Prints over which tunnel multicast of a VPN goes (RFC 6514 section 5).</summary>
    private static bool PrintTunnel(Dissection d, PacketBytes bytes)
    {
        if (bytes.Length < 5) return false;
        int flags = bytes.U8(0), type = bytes.U8(1);
        string name = type switch
        {
            1 => "RSVP-TE P2MP LSP",
            2 => "LDP P2MP LSP",
            3 => "PIM-SSM Tree",
            4 => "PIM-SM Tree",
            5 => "PIM-Bidir Tree",
            6 => "Ingress Replication",
            7 => "LDP MP2MP LSP",
            _ => "Unknown",
        };
        d.Print($"\n\t    Tunnel-type {name} ({type}), Flags [{((flags & 1) != 0 ? "Leaf Information required" : "none")}], ");
        d.Print($"MPLS Label {bytes.U24(2) >> 4}");
        switch (type)
        {
            case 3 or 4 or 5:
                d.Print($"\n\t      {(type == 3 ? "Root-Node" : "Sender")} {bytes.Ipv4(5)}, P-Group {bytes.Ipv4(9)}");
                break;
            case 6:
                d.Print($"\n\t      Tunnel-Endpoint {bytes.Ipv4(5)}");
                break;
            case 2 or 7:
                d.Print($"\n\t      Root-Node {bytes.Ipv4(5)}, LSP-ID 0x{bytes.U32(9):x8}");
                break;
            case 1:
                d.Print($"\n\t      Extended-Tunnel-ID {bytes.Ipv4(5)}, P2MP-ID 0x{bytes.U32(9):x8}");
                break;
            default:
                if (d.Verbosity <= 1) d.Output.AppendHexLines(bytes.Captured[5..], "\n\t      "u8);
                break;
        }

        return true;
    }

    /// <summary>Prints the accumulated metric (RFC 7311).</summary>
    private static bool PrintMetrics(Dissection d, PacketBytes bytes)
    {
        int at = 0;
        while (bytes.Length - at >= 3)
        {
            int type = bytes.U8(at), length = bytes.U16(at + 1);
            d.Print($"\n\t    {(type == 1 ? "AIGP" : "Unknown")} TLV ({type}), length {length}");
            if (length < 3 || bytes.Length - at < length || (type == 1 && length < 11)) return false;
            if (type == 1) d.Print($", metric {bytes.U64(at + 3)}");
            else if (d.Verbosity <= 1) d.Output.AppendHexLines(bytes.Captured.Slice(at + 3, length - 3), "\n\t      "u8);
            at += length;
        }

        return true;
    }

    /// <summary>Prints attributes that a provider carries for its customer unchanged (RFC 6368).</summary>
    private static bool PrintSet(Dissection d, PacketBytes bytes, int depth)
    {
        if (bytes.Length < 4) return false;
        d.Print($"\n\t    Origin AS: {bytes.U32(0)}");
        int at = 4;
        while (at < bytes.Length)
        {
            int flags = bytes.U8(at);
            int lengthSize = (flags & 0x10) != 0 ? 2 : 1;
            if (bytes.Length - at < 2 + lengthSize)
            {
                d.Print($" [path attr too short]");
                return true;
            }

            int type = bytes.U8(at + 1), length = lengthSize == 2 ? bytes.U16(at + 2) : bytes.U8(at + 2);
            at += 2 + lengthSize;
            d.Print($"\n\t      ");
            PrintHeader(d, type, flags, length);
            d.Print($": ");
            if (bytes.Length - at < length)
            {
                d.Print($" [path attr too short]");
                return true;
            }

            if (depth == DeepestSet) d.Print($"(too many nested levels, not recursing)");
            else if (!Print(d, type, bytes.From(at).First(length), depth + 1)) return false;
            at += length;
        }

        return true;
    }

    private static string Name(int type) => type switch
    {
        1 => "Origin",
        2 => "AS Path",
        3 => "Next Hop",
        4 => "Multi Exit Discriminator",
        5 => "Local Preference",
        6 => "Atomic Aggregate",
        7 => "Aggregator",
        8 => "Community",
        9 => "Originator ID",
        10 => "Cluster List",
        11 => "DPA",
        12 => "Advertisers",
        13 => "RCID Path / Cluster ID",
        14 => "Multi-Protocol Reach NLRI",
        15 => "Multi-Protocol Unreach NLRI",
        16 => "Extended Community",
        17 => "AS4 Path",
        18 => "Aggregator4",
        22 => "PMSI Tunnel",
        23 => "Tunnel Encapsulation",
        24 => "Traffic Engineering",
        25 => "IPv6 Extended Community",
        26 => "Accumulated IGP Metric",
        27 => "PE Distinguisher Label",
        28 => "Entropy Label",
        32 => "Large Community",
        128 => "Attribute Set",
        255 => "Reserved for development",
        _ => "Unknown Attribute",
    };
}
