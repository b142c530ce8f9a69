using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Application;

/// <summary>
/// Prints control messages of LISP (RFC 6830): registrations of sites and their confirmations with all records, of others the name.
/// </summary>
internal static class LispPrinter
{
    private const int Register = 3, Notify = 4;
    private const int CountAt = 3, KeyAt = 12, AuthenticationLengthAt = 14, HeadLength = 16;
    private const int RecordLength = 12, LocatorLength = 8, SiteLength = 24;
    private const int Ipv4Family = 1, Ipv6Family = 2;

    private static (uint, string)[] RegisterFlags { get; } =
    [
        (0x08000000, "P-Proxy-Map-Reply"),
        (0x04000000, "S-LISP-SEC-Capable"),
        (0x02000000, "I-xTR-ID-Present"),
        (0x01000000, "R-Build-For-RTR"),
        (0x00000100, "M-Want-Map-Notify"),
    ];

    private static (uint, string)[] NotifyFlags { get; } = [(0x08000000, "I-xTR-ID-Present"), (0x04000000, "R-Build-For-RTR")];

    private static (uint, string)[] LocatorFlags { get; } = [(4, "Local-Locator"), (2, "RLoc-Probed"), (1, "Reachable")];

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "lisp";
        if (!bytes.Has(HeadLength))
        {
            d.Truncated();
            return;
        }

        int type = bytes.U8(0) >> 4;
        d.Print($"{TypeName(type)},");
        bool register = type == Register;
        if (d.Verbosity > 0 && type is Register or Notify) PrintFlags(d, register ? RegisterFlags : NotifyFlags, bytes.U32(0));
        if (type is not (Register or Notify)) return;

        int records = bytes.U8(CountAt);
        int at = HeadLength + bytes.U16(AuthenticationLengthAt);
        if (d.Verbosity == 0) d.Print($" {records} record(s),");
        else
        {
            int key = bytes.U16(KeyAt);
            d.Print($"\n    {records} record(s), Authentication "
                + $"{key switch { 0 => "None", 1 => "SHA1", 2 => "SHA256", _ => "unknown-type" }},");
            d.Output.AppendHexLines(bytes.From(HeadLength).First(at - HeadLength).Captured, "\n    Authentication-Data: "u8);
            if (!bytes.Has(at)) d.Cut();
        }

        if (records == 0)
        {
            d.Invalid();
            return;
        }

        for (; records > 0 && at < length; records--)
        {
            if (!PrintRecord(d, bytes, ref at)) return;
        }

        PrintRest(d, bytes, at, (bytes.U8(0) & (register ? 2 : 8)) != 0);
    }

    private static void PrintRest(Dissection d, PacketBytes bytes, int at, bool hasSite)
    {
        if (!hasSite)
        {
            if (bytes.Length > at) d.Output.AppendHexLines(bytes.From(at).Captured, "\n    Data: "u8);
        }
        else if (!bytes.Has(at, SiteLength)) d.Invalid();
        else
        {
            d.Output.AppendHexLines(bytes.From(at).First(16).Captured, "\n    xTR-ID: "u8);
            d.Print($"\n    SITE-ID: {bytes.U64(at + 16)}");
        }
    }

    /// <summary>Prints a record; false when nothing after it can be told.</summary>
    private static bool PrintRecord(Dissection d, PacketBytes bytes, ref int at)
    {
        if (!bytes.Has(at, RecordLength))
        {
            d.Truncated();
            return false;
        }

        int locators = bytes.U8(at + 4), prefixLength = bytes.U8(at + 5), action = bytes.U8(at + 6), family = bytes.U16(at + 10);
        d.Print($"\n");
        if (d.Verbosity > 0)
        {
            d.Print($"      Record TTL {bytes.U32(at)}, {((action & 0x10) != 0 ? "Authoritative" : "Non-Authoritative")}, "
                + $"{ActionName(action >> 5)}");
            d.Print($", Map Version: {bytes.U16(at + 8) & 0xfff},");
        }

        at += RecordLength;
        if (family is not (Ipv4Family or Ipv6Family)) return false;
        d.Print($" EID {(family == Ipv4Family ? bytes.Ipv4(at) : bytes.Ipv6(at))}/{prefixLength}, {locators} locator(s)");
        at += AddressLength(family);
        for (; locators > 0; locators--)
        {
            if (PrintLocator(d, bytes, ref at)) continue;
            d.Truncated();
            return false;
        }

        return !d.IsCut;
    }

    /// <summary>Prints a locator; false when it was not captured whole.</summary>
    private static bool PrintLocator(Dissection d, PacketBytes bytes, ref int at)
    {
        if (!bytes.Has(at, LocatorLength)) return false;
        PacketBytes head = bytes.From(at);
        int family = head.U16(6);
        at += LocatorLength;
        if (d.Verbosity > 0) d.Print($"\n       ");
        if (!bytes.Has(at, AddressLength(family))) return false;
        if (family is Ipv4Family or Ipv6Family) d.Print($" LOC {(family == Ipv4Family ? bytes.Ipv4(at) : bytes.Ipv6(at))}");
        at += AddressLength(family);
        if (d.Verbosity == 0) return true;
        d.Print($"\n          Priority/Weight {head.U8(0)}/{head.U8(1)}, Multicast Priority/Weight {head.U8(2)}/{head.U8(3)},");
        PrintFlags(d, LocatorFlags, head.U16(4));
        return true;
    }

    private static void PrintFlags(Dissection d, (uint, string)[] names, uint flags)
    {
        d.Print($" flags [");
        if (!d.Output.AppendBits(names, flags)) d.Print($"none");
        d.Print($"],");
    }

    private static int AddressLength(int family) => family switch { Ipv4Family => 4, Ipv6Family => 16, _ => 0 };

    private static string ActionName(int action) => action switch
    {
        0 => "No-Action",
        1 => "Natively-Forward",
        2 => "Send-Map-Request",
        3 => "Drop",
        _ => "unknown",
    };

    private static string TypeName(int type) => type switch
    {
        0 => "LISP-Reserved",
        1 => "LISP-Map-Request",
        2 => "LISP-Map-Reply",
        Register => "LISP-Map-Register",
        Notify => "LISP-Map-Notify",

        // Spelled as tcpdump spells it.
        8 => "LISP-Encapsulated-Contol-Message",
        _ => $"unknown-type-{type}",
    };
}
