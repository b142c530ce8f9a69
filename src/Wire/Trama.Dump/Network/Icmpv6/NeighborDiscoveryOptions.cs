using Trama.Dump.Text;
using Trama.Packets.Network;

namespace Trama.Dump.Network.Icmpv6;

/// <summary>Prints the options of neighbour discovery (RFC 4861 section 4.6, RFC 4191, RFC 6275, RFC 8106), one a line.</summary>
internal static class NeighborDiscoveryOptions
{
    private const string Unknown = "unknown";

    private static readonly (uint Bits, string Name)[] PrefixFlags = [(0x80, "onlink"), (0x40, "auto"), (0x20, "router")];

    /// <summary>Prints options; false, said on the line, when one broke off.</summary>
    public static bool Print(Dissection d, PacketBytes bytes, int length)
    {
        int at = 0;
        while (at < bytes.Length && !d.IsCut)
        {
            if (at >= length && bytes.Has(at + 1, 1)) return true;
            int type = bytes.U8(at), units = bytes.U8(at + 1);
            int optionLength = units * 8;
            if (d.IsCut) return true;
            if (units == 0 || !bytes.Has(at, optionLength))
            {
                d.Truncated();
                return false;
            }

            d.Print($"\n\t  {Name(type)} option ({type}), length {optionLength} ({units}): ");
            PacketBytes option = bytes.From(at).First(optionLength);
            if (type == 4)
            {
                // tcpdump shows the list's first bytes here, not the option's.
                d.Output.AppendHexLines(bytes.First(optionLength).Captured, "\n\t    "u8);
            }
            else if (!PrintValue(d, type, units, option))
            {
                d.Truncated();
                return false;
            }

            if (Name(type) == Unknown && d.Verbosity <= 1)
            {
                d.Output.AppendHexLines(option.Captured[2..], "\n\t  "u8);
                return true;
            }

            if (d.Verbosity > 1) d.Output.AppendHexLines(option.Captured[2..], "\n\t    "u8);
            at += optionLength;
        }

        return true;
    }

    private static bool PrintValue(Dissection d, int type, int units, PacketBytes option)
    {
        switch (type)
        {
            case 1 or 2:
                d.Print($"{option.Captured[2..]:m}");
                return true;
            case 3:
                PrintPrefix(d, units, option);
                return true;
            case 5:
                d.Print($" {option.U32(4)}{(units == 1 ? "" : "bad option length")}");
                return true;
            case 7:
                d.Print($" {option.U32(4)}ms");
                return true;
            case 8:
                d.Print($" preference {option.U16(4)}, lifetime {option.U16(6)}");
                return true;
            case 24:
                return PrintRoute(d, units, option);
            case 25:
                d.Print($" lifetime {option.U32(4)}s,");
                for (int i = 0; i < (units - 1) / 2; i++) d.Print($" addr: {option.Ipv6(8 + i * 16)}");
                return true;
            case 31:
                return PrintSearchList(d, option);
            default:
                return true;
        }
    }

    private static void PrintPrefix(Dissection d, int units, PacketBytes option)
    {
        d.Print($"{option.Ipv6(16)}/{option.U8(2)}{(units == 4 ? "" : "badlen")}, Flags [");
        if (!d.Output.AppendBits(PrefixFlags, option.U8(3))) d.Print($"none");
        d.Print($"], valid time ");
        PrintLifetime(d, option.U32(4));
        d.Print($", pref. time ");
        PrintLifetime(d, option.U32(8));
    }

    private static bool PrintRoute(Dissection d, int units, PacketBytes option)
    {
        if (units > 3) return false;
        Span<byte> prefix = stackalloc byte[16];
        option.Captured[8..].CopyTo(prefix);
        d.Print($" {IpAddress.FromBytes(prefix)}/{option.U8(2)}, pref={NeighborDiscoveryPrinter.Preference(option.U8(3))}, lifetime=");
        PrintLifetime(d, option.U32(4));
        return true;
    }

    private static bool PrintSearchList(Dissection d, PacketBytes option)
    {
        d.Print($" lifetime {option.U32(4)}s, domain(s):");
        int at = 8;
        while (at < option.Length && option.U8(at) != 0)
        {
            d.Print($" ");
            at = DomainName.Print(d, option, at);
            if (at < 0) return false;
        }

        return true;
    }

    private static void PrintLifetime(Dissection d, uint seconds)
    {
        if (seconds == uint.MaxValue) d.Print($"infinity");
        else d.Print($"{seconds}s");
    }

    private static string Name(int type) => type switch
    {
        1 => "source link-address",
        2 => "destination link-address",
        3 => "prefix info",
        4 => "redirected header",
        5 => "mtu",
        7 => "advertisement interval",
        8 => "homeagent information",
        24 => "route info",
        25 => "rdnss",
        31 => "dnssl",
        _ => Unknown,
    };
}
