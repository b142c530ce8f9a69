using Trama.Dump.Text;
using Trama.Packets.Network;

namespace Trama.Dump.Network.Icmpv6;

/// <summary>Prints ICMPv6 (RFC 4443) and the protocols made of its messages.</summary>
internal static class Icmpv6Printer
{
    private const int TypeAt = 0, CodeAt = 1, ChecksumAt = 2, DataAt = 4, HeaderLength = 8;
    private const int QuotedSourceAt = HeaderLength + 8, QuotedDestinationAt = HeaderLength + 24;
    private const int HomeAgentReply = 145, PrefixAdvertisement = 147;

    /// <summary>Prints a packet.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length, IpEnvelope ip)
    {
        d.Protocol = "icmp6";
        if (length == 0)
        {
            d.Print($"ICMP6, length 0");
            d.Invalid();
            return;
        }

        if (d.Verbosity > 0 && !ip.IsFragment) PrintChecksum(d, bytes, length, ip);
        int type = bytes.U8(TypeAt);
        d.Print($"ICMP6, {TypeName(type)}");
        bool verbose = d.Verbosity > 0;
        if (verbose && type is (>= NeighborDiscoveryPrinter.First and <= NeighborDiscoveryPrinter.Last) or HomeAgentReply
            or PrefixAdvertisement)
        {
            d.Print($", length {length}");
        }

        int code = bytes.U8(CodeAt);
        if (!PrintBody(d, bytes, length, type, code)) return;
        if (!verbose) d.Print($", length {length}");
    }

    private static void PrintChecksum(Dissection d, PacketBytes bytes, int length, IpEnvelope ip)
    {
        if (!bytes.Has(length)) return;
        ushort found = bytes.U16(ChecksumAt);
        InternetChecksum sum = ip.PseudoHeader(IpProtocol.Icmpv6, length).Add(bytes.Captured[..length]);
        if (sum.Value == 0) d.Print($"[icmp6 sum ok] ");
        else d.Print($"[bad icmp6 cksum 0x{found:x4} -> 0x{sum.ShouldBe(found):x4}!] ");
    }

    /// <summary>Prints what the type calls for; false when the line is complete with that.</summary>
    private static bool PrintBody(Dissection d, PacketBytes bytes, int length, int type, int code)
    {
        switch (type)
        {
            case 1:
                return PrintUnreachable(d, bytes, length, code);
            case 2:
                d.Print($", mtu {bytes.U32(DataAt)}");
                return true;
            case 3:
                PrintTimeExceeded(d, bytes, code);
                return true;
            case 4:
                PrintParameterProblem(d, bytes, code);
                return true;
            case 128 or 129:
                d.Print($", id {bytes.U16(DataAt)}, seq {bytes.U16(DataAt + 2)}");
                return true;
            case 130 or 131 or 132 or 143:
                MulticastListenerPrinter.Print(d, bytes, length, type);
                return true;
            case >= NeighborDiscoveryPrinter.First and <= NeighborDiscoveryPrinter.Last:
                return NeighborDiscoveryPrinter.Print(d, bytes, length, type);
            case 138:
                return RouterRenumberingPrinter.Print(d, bytes);
            case 139 or 140 or 141 or 142:
                return true;
            case 144 or 146:
                d.Print($", id 0x{bytes.U16(DataAt):x4}");
                return true;
            case HomeAgentReply:
                PrintHomeAgents(d, bytes, length);
                return true;
            case PrefixAdvertisement:
                return PrintPrefixes(d, bytes, length);
            case 155:
                RoutingLowPowerPrinter.Print(d, code, bytes.From(DataAt), length - DataAt);
                return true;
            default:
                d.Print($", length {length}");
                if (d.Verbosity <= 1) d.Output.AppendHexLines(bytes.First(length).Captured, "\n\t"u8);
                return false;
        }
    }

    private static bool PrintUnreachable(Dissection d, PacketBytes bytes, int length, int code)
    {
        // The space before "unreachable prohibited" is tcpdump's.
        string name = code switch
        {
            0 => "unreachable route",
            1 => " unreachable prohibited",
            2 => "beyond scope",
            3 => "unreachable address",
            4 => "unreachable port",
            _ => $"unknown unreach code ({code})",
        };
        d.Print($", {name}");
        switch (code)
        {
            case 0 or 1 or 3:
                d.Print($" {bytes.Ipv6(QuotedDestinationAt)}");
                return true;
            case 2:
                d.Print($" {bytes.Ipv6(QuotedDestinationAt)}, source address {bytes.Ipv6(QuotedSourceAt)}");
                return true;
            case 4:
                return PrintPortUnreachable(d, bytes);
            default:
                if (d.Verbosity <= 1) d.Output.AppendHexLines(bytes.First(length).Captured, "\n\t"u8);
                return d.Verbosity > 1;
        }
    }

    private static bool PrintPortUnreachable(Dissection d, PacketBytes bytes)
    {
        int at = QuotedTransport.Find(bytes.From(HeaderLength), out IpProtocol protocol);
        if (at < 0)
        {
            d.Truncated();
            return false;
        }

        ushort port = bytes.U16(HeaderLength + at + 2);
        d.Print($", {bytes.Ipv6(QuotedDestinationAt)} {(protocol == IpProtocol.Tcp ? "tcp" : "udp")} port ");
        if (protocol == IpProtocol.Tcp) d.Addresses.AppendTcpPort(port);
        else d.Addresses.AppendUdpPort(port);
        return true;
    }

    private static void PrintTimeExceeded(Dissection d, PacketBytes bytes, int code)
    {
        if (code == 0) d.Print($" for {bytes.Ipv6(QuotedDestinationAt)}");
        else if (code == 1) d.Print($" (reassembly)");
        else d.Print($", unknown code ({code})");
    }

    private static void PrintParameterProblem(Dissection d, PacketBytes bytes, int code)
    {
        _ = bytes.Ipv6(QuotedDestinationAt);
        string? what = code switch
        {
            0 => "erroneous",
            1 => "next header",
            2 => "option",
            3 => "incomplete header chain",
            _ => null,
        };
        if (what is null) d.Print($", code-#{code}");
        else d.Print($", {what} - octet {bytes.U32(DataAt)}");
    }

    private static void PrintHomeAgents(Dissection d, PacketBytes bytes, int length)
    {
        if (d.Verbosity == 0) return;
        d.Print($", id 0x{bytes.U16(DataAt):x4}");
        for (int at = HeaderLength; at < length && !d.IsCut; at += 16) d.Print($", {bytes.Ipv6(at)}");
    }

    private static bool PrintPrefixes(Dissection d, PacketBytes bytes, int length)
    {
        if (d.Verbosity == 0) return true;
        d.Print($", id 0x{bytes.U16(DataAt):x4}");
        int flags = bytes.U16(DataAt + 2);
        if ((flags & 0xc000) != 0) d.Print($" ");
        if ((flags & 0x8000) != 0) d.Print($"M");
        if ((flags & 0x4000) != 0) d.Print($"O");
        return NeighborDiscoveryOptions.Print(d, bytes.From(HeaderLength), length - HeaderLength);
    }

    private static string TypeName(int type) => type switch
    {
        1 => "destination unreachable",
        2 => "packet too big",
        3 => "time exceeded in-transit",
        4 => "parameter problem",
        128 => "echo request",
        129 => "echo reply",
        130 => "multicast listener query",
        131 => "multicast listener report",
        132 => "multicast listener done",
        133 => "router solicitation",
        134 => "router advertisement",
        135 => "neighbor solicitation",
        136 => "neighbor advertisement",
        137 => "redirect",
        138 => "router renumbering",
        139 => "who-are-you request",
        140 => "who-are-you reply",
        141 => "inverse neighbor solicitation",
        142 => "inverse neighbor advertisement",
        143 => "multicast listener report v2",
        144 => "ha discovery request",
        145 => "ha discovery reply",
        146 => "mobile router solicitation",
        147 => "mobile router advertisement",
        155 => "RPL",
        200 => "mtrace response",
        201 => "mtrace message",
        _ => $"unknown icmp6 type ({type})",
    };
}
