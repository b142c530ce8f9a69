using Trama.Dump.Text;
using Trama.Packets.Network;

namespace Trama.Dump.Protocols.Routing;

/// <summary>Prints RIP (RFC 1058, RFC 2453, RFC 4822): the message's name, and with <c>-v</c> its routes.</summary>
internal static class RipPrinter
{
    private const int CommandAt = 0, VersionAt = 1, HeaderLength = 4, EntryLength = 20, EntryHeaderLength = 4;
    private const int FamilyAt = 0, TagAt = 2, AddressAt = 4, MaskAt = 8, RouterAt = 12, MetricAt = 16;
    private const int Authentication = 0xffff, Internet = 2;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "rip";
        if (length < HeaderLength || !bytes.Has(HeaderLength))
        {
            d.Truncated();
            return;
        }

        int command = bytes.U8(CommandAt), version = bytes.U8(VersionAt);
        d.Print($"{(d.Verbosity > 0 ? "\n\t" : "")}RIPv{version}");
        if (version == 0)
        {
            d.Output.AppendHexLines(bytes.First(length).Captured, "\n\t"u8);
            return;
        }

        d.Print($", {CommandName(command)}, length: {length}");
        if (d.Verbosity == 0) return;
        if (command is 1 or 2) PrintRoutes(d, version, bytes.First(length), length);
        else if (command is not (4 or 5 or 6)) d.Output.AppendHexLines(bytes.First(length).Captured, "\n\t"u8);
    }

    private static void PrintRoutes(Dissection d, int version, PacketBytes bytes, int length)
    {
        if (version > 2)
        {
            d.Print($", unknown version");
            return;
        }

        d.Print($", routes: {length / EntryLength}{(version == 2 ? " or less" : "")}");
        for (int at = HeaderLength; at < bytes.Length && !d.IsCut;)
        {
            PacketBytes entry = bytes.From(at);
            int used = version == 1 ? PrintRouteV1(d, entry) : PrintRouteV2(d, entry);
            if (used == 0)
            {
                d.Truncated();
                return;
            }

            if (entry.Length < used)
            {
                d.Print($" [remaining entries length {entry.Length} < {used}]");
                d.Invalid();
                return;
            }

            at += used;
        }
    }

    /// <summary>Prints an entry of version 1; returns its length, 0 when it is not all there.</summary>
    private static int PrintRouteV1(Dissection d, PacketBytes entry)
    {
        if (!entry.Has(EntryLength)) return 0;
        int family = entry.U16(FamilyAt);
        if (family is not (0 or Internet))
        {
            d.Print($"\n\t AFI {FamilyName(family) ?? $"Unknown ({family})"}, ");
            d.Output.AppendHexLines(entry.Captured[EntryHeaderLength..EntryLength], "\n\t  "u8);
        }
        else if (entry.U16(TagAt) != 0 || entry.U32(MaskAt) != 0 || entry.U32(RouterAt) != 0)
        {
            d.Output.AppendHexLines(entry.Captured[..EntryLength], "\n\t  "u8);
        }
        else
        {
            d.Print($"\n\t  {(family == 0 ? "AFI 0, " : "")}{entry.Ipv4(AddressAt)}, metric: {entry.U32(MetricAt)}");
        }

        return EntryLength;
    }

    /// <summary>Prints an entry of version 2; returns its length, 0 when it is not all there.</summary>
    private static int PrintRouteV2(Dissection d, PacketBytes entry)
    {
        if (!entry.Has(EntryHeaderLength)) return 0;
        int family = entry.U16(FamilyAt);
        if (family == Authentication) return PrintAuthentication(d, entry);
        if (family is not (0 or Internet))
        {
            d.Print($"\n\t  AFI {FamilyName(family) ?? $"Unknown ({family})"}");
            d.Output.AppendHexLines(entry.From(EntryHeaderLength).First(EntryLength - EntryHeaderLength).Captured, "\n\t  "u8);
            return EntryLength;
        }

        if (!entry.Has(EntryLength)) return 0;
        d.Print($"\n\t  AFI {(family == 0 ? "0" : "IPv4")}, ");
        PrintPrefix(d, entry.Ipv4(AddressAt), PrefixLength(entry.U32(MaskAt)));
        d.Print($", tag 0x{entry.U16(TagAt):x4}, metric: {entry.U32(MetricAt)}, next-hop: ");
        if (entry.U32(RouterAt) == 0) d.Print($"self");
        else d.Print($"{entry.Ipv4(RouterAt)}");
        return EntryLength;
    }

    private static int PrintAuthentication(Dissection d, PacketBytes entry)
    {
        int type = entry.U16(TagAt);
        PacketBytes data = entry.From(EntryHeaderLength);
        switch (type)
        {
            case 2:
                d.Print($"\n\t  Simple Text Authentication data: ");
                d.Output.AppendPadded(data, 0, EntryLength - EntryHeaderLength);
                return EntryLength;
            case 3:
                if (!data.Has(16)) return 0;
                d.Print($"\n\t  Auth header: Packet Len {data.U16(0)}, Key-ID {data.U8(2)}, Auth Data Len {data.U8(3)}, ");
                d.Print($"SeqNo {data.U32(4)}, MBZ {data.U32(8)}, MBZ {data.U32(12)}");
                return EntryLength;
            default:
                d.Print($"\n\t  {(type == 1 ? "Auth trailer:" : $"Unknown ({type}) Authentication data:")}");
                d.Output.AppendHexLines(data.Captured, "\n\t  "u8);
                return entry.Length;
        }
    }

    /// <summary>Prints a prefix in columns: the address right-aligned, its length left-aligned.</summary>
    private static void PrintPrefix(Dissection d, IpAddress address, int bits)
    {
        const int addressWidth = 15;
        int start = d.Output.Length;
        d.Print($"{address}");
        int width = d.Output.Length - start;
        if (width < addressWidth)
        {
            d.Output.Length = start;
            for (int i = width; i < addressWidth; i++) d.Print($" ");
            d.Print($"{address}");
        }

        d.Print($"/{bits}{(bits is >= 0 and < 10 ? " " : "")}");
    }

    /// <summary>The bits of a mask; -1 when its ones are not all in front.</summary>
    private static int PrefixLength(uint mask)
    {
        int bits = System.Numerics.BitOperations.LeadingZeroCount(~mask);
        return bits == 32 || mask << bits == 0 ? bits : -1;
    }

    private static string? FamilyName(int family) => family switch
    {
        6 => "NS",
        7 => "ISO",
        16 => "Appletalk",
        23 => "IPX",
        24 or 28 or 30 => "IPv6",
        _ => null,
    };

    private static string CommandName(int command) => command switch
    {
        1 => "Request",
        2 => "Response",
        3 => "Trace on",
        4 => "Trace off",
        5 => "Poll",
        6 => "Poll Entry",
        _ => $"unknown command ({command})",
    };
}
