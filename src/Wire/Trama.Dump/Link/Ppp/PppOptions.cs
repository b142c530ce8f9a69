using Trama.Dump.Text;

namespace Trama.Dump.Link.Ppp;

/// <summary>Prints the options that PPP's control protocols negotiate, one a line.</summary>
internal static class PppOptions
{
    private static readonly string[] LinkNames =
    [
        "Vend-Ext", "MRU", "ACCM", "Auth-Prot", "Qual-Prot", "Magic-Num", "deprecated(6)", "PFC", "ACFC", "FCS-Alt", "SDP",
        "Num-Mode", "deprecated(12)", "Call-Back", "deprecated(14)", "deprecated(15)", "deprecated(16)", "MRRU", "12-Bit seq #",
        "End-Disc", "Proprietary", "DCE-Id", "MP+", "Link-Disc", "LCP-Auth-Opt", "COBS", "Prefix-elision", "Multilink-header-Form",
        "I18N", "SDL-over-SONET/SDH", "PPP-Muxing",
    ];

    /// <summary>Prints one option.</summary>
    /// <returns>Its length in bytes; 0 when nothing after it can be read.</returns>
    public static int Print(Dissection d, int protocol, PacketBytes bytes, int length)
    {
        if (protocol is PppProtocol.OsiControl or PppProtocol.MplsControl || length < 2) return 0;
        if (!bytes.Has(2))
        {
            d.Print($"[|{protocol switch
            {
                PppProtocol.Lcp => "lcp",
                PppProtocol.Ipcp => "ipcp",
                PppProtocol.Ipv6cp => "ip6cp",
                _ => "ccp",
            }}]");
            return 0;
        }

        int type = bytes.U8(0), optionLength = bytes.U8(1);
        if (length < optionLength) return 0;
        string? name = Name(protocol, type);
        if (name is null)
        {
            d.Print($"\n\tunknown LCP option 0x{type:x2}");
            return optionLength < 2 ? 0 : optionLength;
        }

        d.Print($"\n\t  {name} Option (0x{type:x2}), length {optionLength}");
        if (optionLength < 2)
        {
            d.Print($" (length bogus, should be >= 2)");
            return 0;
        }

        bool known = protocol switch
        {
            PppProtocol.Lcp => PrintLink(d, type, bytes, ref optionLength),
            PppProtocol.Ipcp => PrintIp(d, type, bytes, ref optionLength),
            PppProtocol.Ipv6cp => PrintIpv6(d, type, bytes, optionLength),
            PppProtocol.Ccp => PrintCompression(d, type, bytes, optionLength),
            _ => type == 1 && PrintFavoredPeer(d, bytes, optionLength),
        };
        if ((!known || d.Verbosity > 1) && optionLength > 0) d.Output.AppendHexLines(
            bytes.From(2).First(optionLength - 2).Captured, "\n\t    "u8);
        return optionLength;
    }

    private static string? Name(int protocol, int type) => protocol switch
    {
        PppProtocol.Lcp => type < LinkNames.Length ? LinkNames[type] : null,
        PppProtocol.Ipcp => IpName(type) ?? "unknown",
        PppProtocol.Ipv6cp => type == 1 ? "Interface-ID" : "unknown",
        PppProtocol.Ccp => CompressionName(type) ?? "Unknown",
        _ => type == 1 ? "Favored-Peer" : "Unknown",
    };

    /// <summary>Says so when the length is not <paramref name="expected"/>.</summary>
    private static bool HasLength(Dissection d, int length, int expected, bool orMore = false)
    {
        if (orMore ? length >= expected : length == expected) return true;
        d.Print($" (length bogus, should be {(orMore ? ">" : "")}= {expected})");
        return false;
    }

    private static bool PrintLink(Dissection d, int type, PacketBytes bytes, ref int length)
    {
        switch (type)
        {
            case 0:
                if (HasLength(d, length, 6, orMore: true)) d.Print(
                    $": Vendor: {OuiNames.Find((int)bytes.U24(2)) ?? "Unknown"} ({bytes.U24(2)})");
                return true;
            case 1:
                if (HasLength(d, length, 4)) d.Print($": {bytes.U16(2)}");
                return true;
            case 2:
                if (HasLength(d, length, 6)) d.Print($": 0x{bytes.U32(2):x8}");
                return true;
            case 3:
                if (HasLength(d, length, 4, orMore: true)) PrintAuthentication(d, bytes, length);
                return true;
            case 4:
                if (HasLength(d, length, 4, orMore: true)) d.Print($": {(bytes.U16(2) == PppProtocol.QualityReport ? "LQR" : "unknown")}");
                else length = 0;
                return true;
            case 5:
                if (HasLength(d, length, 6)) d.Print($": 0x{bytes.U32(2):x8}");
                else length = 0;
                return true;
            case 7 or 8:
                return true;
            case 13:
                if (HasLength(d, length, 3, orMore: true)) d.Print($": : Callback Operation {CallbackName(bytes.U8(2))} ({bytes.U8(2)})");
                else length = 0;
                return true;
            case 17:
                if (HasLength(d, length, 4)) d.Print($": {bytes.U16(2)}");
                else length = 0;
                return true;
            case 19:
                if (!HasLength(d, length, 3, orMore: true) || !PrintEndpoint(d, bytes, length)) length = 0;
                return true;
            case 23:
                if (HasLength(d, length, 4)) d.Print($": 0x{bytes.U16(2):x4}");
                else length = 0;
                return true;
            default:
                return false;
        }
    }

    private static void PrintAuthentication(Dissection d, PacketBytes bytes, int length)
    {
        int protocol = bytes.U16(2);
        d.Print($": {PppProtocol.Find(protocol) ?? "Unknown Auth Proto (0x04x)"}");
        if (protocol == PppProtocol.Chap)
        {
            int algorithm = bytes.U8(4);
            d.Print($", {algorithm switch { 5 => "MD5", 128 => "MS-CHAPv1", 129 => "MS-CHAPv2", _ => $"Unknown Auth Alg {algorithm}" }}");
        }
        else if (protocol is not (PppProtocol.Pap or PppProtocol.Eap or PppProtocol.Spap or PppProtocol.OldSpap))
        {
            d.Output.AppendHexLines(bytes.First(length).Captured, "\n\t"u8);
        }
    }

    private static bool PrintEndpoint(Dissection d, PacketBytes bytes, int length)
    {
        switch (bytes.U8(2))
        {
            case 0:
                d.Print($": Null");
                return true;
            case 1:
                d.Print($": Local");
                return true;
            case 2:
                if (!HasLength(d, length, 7)) return false;
                d.Print($": IPv4 {bytes.Ipv4(3)}");
                return true;
            case 3:
                if (!HasLength(d, length, 9)) return false;
                d.Print($": MAC {bytes.Fetch(3, 6):m}");
                return true;
            case 4:
                d.Print($": Magic-Num-Block");
                return true;
            case 5:
                d.Print($": PSNDN");
                return true;
            case var unknown:
                d.Print($": Unknown class {unknown}");
                return true;
        }
    }

    private static bool PrintIp(Dissection d, int type, PacketBytes bytes, ref int length)
    {
        switch (type)
        {
            case 1:
                if (HasLength(d, length, 10)) d.Print($": src {bytes.Ipv4(2)}, dst {bytes.Ipv4(6)}");
                return true;
            case 2:
                if (!HasLength(d, length, 4, orMore: true)) length = 0;
                else PrintHeaderCompression(d, bytes, ref length);
                return true;
            case 3 or 4 or (>= 129 and <= 132):
                if (HasLength(d, length, 6)) d.Print($": {bytes.Ipv4(2)}");
                else length = 0;
                return true;
            default:
                return false;
        }
    }

    private static void PrintHeaderCompression(Dissection d, PacketBytes bytes, ref int length)
    {
        const int fixedLength = 14;
        int protocol = bytes.U16(2);
        d.Print($": {protocol switch { 0x2d => "VJ-Comp", 0x61 => "IP Header Compression", _ => "Unknown" }} (0x{protocol:x2}):");
        if (protocol != 0x61) return;
        if (!HasLength(d, length, fixedLength, orMore: true))
        {
            length = 0;
            return;
        }

        d.Print($"\n\t    TCP Space {bytes.U16(4)}, non-TCP Space {bytes.U16(6)}");
        d.Print($", maxPeriod {bytes.U16(8)}, maxTime {bytes.U16(10)}, maxHdr {bytes.U16(12)}");
        if (length == fixedLength) return;
        d.Print($"\n\t      Suboptions, length {length - fixedLength}");
        for (int at = fixedLength; length - at >= 2 && !d.IsCut;)
        {
            int type = bytes.U8(at), suboptionLength = bytes.U8(at + 1);
            if (type == 0 || suboptionLength == 0) return;
            string name = type switch { 1 => "RTP-Compression", 2 => "Enhanced RTP-Compression", _ => "Unknown" };
            d.Print($"\n\t\t{name} Suboption #{type}, length {suboptionLength}");
            if (suboptionLength > length - at)
            {
                d.Print($" [remaining suboptions length {length - at} < {suboptionLength}]");
                d.Invalid();
                return;
            }

            at += suboptionLength;
        }
    }

    private static bool PrintIpv6(Dissection d, int type, PacketBytes bytes, int length)
    {
        if (type != 1) return false;
        if (HasLength(d, length, 10)) d.Print($": {bytes.U16(2):x4}:{bytes.U16(4):x4}:{bytes.U16(6):x4}:{bytes.U16(8):x4}");
        return true;
    }

    private static bool PrintCompression(Dissection d, int type, PacketBytes bytes, int length)
    {
        switch (type)
        {
            case 21:
                if (HasLength(d, length, 3, orMore: true)) d.Print($": Version: {bytes.U8(2) >> 5}, Dictionary Bits: {bytes.U8(2) & 0x1f}");
                return true;
            case 24:
                if (!HasLength(d, length, 4, orMore: true)) return true;
                int flags = bytes.U8(2);
                d.Print($": Features: {flags >> 6}, PxP: {((flags & 0x20) != 0 ? "Enabled" : "Disabled")}, ");
                d.Print($"History: {flags & 0x1f}, #CTX-ID: {bytes.U8(3)}");
                return true;
            case 26:
                if (!HasLength(d, length, 4, orMore: true)) return true;
                int method = bytes.U8(2) & 0x0f;
                d.Print($": Window: {(bytes.U8(2) >> 4)}K, Method: {(method == 8 ? "zlib" : "unknown")} (0x{method:x}), ");
                d.Print($"MBZ: {bytes.U8(3) >> 2}, CHK: {bytes.U8(3) & 3}");
                return true;
            default:
                return false;
        }
    }

    private static bool PrintFavoredPeer(Dissection d, PacketBytes bytes, int length)
    {
        if (HasLength(d, length, 6)) d.Print($": Magic-Num 0x{bytes.U32(2):x8}");
        return true;
    }

    private static string CallbackName(int operation) => operation switch
    {
        0 => "UserAuth",
        1 => "DialString",
        2 => "LocalID",
        3 => "E.164",
        4 => "X.500",
        6 => "CBCP",
        _ => "Unknown",
    };

    private static string? IpName(int type) => type switch
    {
        1 => "IP-Addrs",
        2 => "IP-Comp",
        3 => "IP-Addr",
        4 => "Home-Addr",
        129 => "Pri-DNS",
        130 => "Pri-NBNS",
        131 => "Sec-DNS",
        132 => "Sec-NBNS",
        _ => null,
    };

    private static string? CompressionName(int type) => type switch
    {
        0 => "OUI",
        1 => "Pred-1",
        2 => "Pred-2",
        3 => "Puddle",
        16 => "HP-PPC",
        17 => "Stac-LZS",
        18 => "MPPC",
        19 => "Gand-FZA",
        20 => "V.42bis",
        21 => "BSD-Comp",
        23 => "LZS-DCP",
        24 => "MVRCA",
        25 => "DEC",
        26 => "Deflate",
        255 => "Reserved",
        _ => null,
    };
}
