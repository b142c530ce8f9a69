using Trama.Packets.Network;

namespace Trama.Dump.Network;

/// <summary>Prints ICMP (RFC 792, RFC 950, RFC 1256).</summary>
internal static class IcmpPrinter
{
    private const int TypeAt = 0, CodeAt = 1, ChecksumAt = 2, RestAt = 4, QuotedAt = 8;
    private const int Ipv4ProtocolAt = 9, Ipv4DestinationAt = 16;
    private const int EchoReply = 0, Unreachable = 3, SourceQuench = 4, Redirect = 5, Echo = 8, RouterAdvertisement = 9;
    private const int TimeExceeded = 11, ParameterProblem = 12, Timestamp = 13, TimestampReply = 14, MaskReply = 18;

    /// <summary>Prints a packet.</summary>
    /// <param name="d">The packet being printed.</param>
    /// <param name="bytes">From the ICMP header on.</param>
    /// <param name="length">What IP says is there.</param>
    /// <param name="ip">The IP header around it.</param>
    public static void Print(Dissection d, PacketBytes bytes, int length, IpEnvelope ip)
    {
        d.Protocol = "icmp";
        int start = d.Output.Length;
        int type = bytes.U8(TypeAt), code = bytes.U8(CodeAt);
        d.Print($"ICMP ");
        PrintMessage(d, bytes, type, code);
        d.TakeBackTo(start);
        d.Print($", length {length}");
        if (d.Verbosity == 0 || d.IsCut) return;

        if (!ip.IsFragment) PrintChecksum(d, bytes, length);
        if (type is Unreachable or SourceQuench or Redirect or TimeExceeded or ParameterProblem) PrintQuoted(d, bytes);
        d.Protocol = "icmp";
        if (type is Unreachable or TimeExceeded or ParameterProblem) IcmpExtensionPrinter.Print(d, bytes, length);
    }

    private static void PrintMessage(Dissection d, PacketBytes bytes, int type, int code)
    {
        switch (type)
        {
            case Echo or EchoReply:
                d.Print($"echo {(type == Echo ? "request" : "reply")}, id {bytes.U16(RestAt)}, seq {bytes.U16(RestAt + 2)}");
                break;
            case Unreachable:
                PrintUnreachable(d, bytes, code);
                break;
            case Redirect:
                PrintRedirect(d, bytes, code);
                break;
            case RouterAdvertisement:
                PrintRouters(d, bytes);
                break;
            case TimeExceeded:
                _ = bytes.U32(QuotedAt + Ipv4DestinationAt);
                d.Print($"{code switch { 0 => "time exceeded in-transit", 1 => "ip reassembly time exceeded", _ => "time exceeded-#" }}");
                if (code > 1) d.Print($"{code}");
                break;
            case ParameterProblem when code == 0:
                d.Print($"parameter problem - octet {bytes.U8(RestAt)}");
                break;
            case ParameterProblem:
                d.Print($"parameter problem - code {code}");
                break;
            case MaskReply:
                d.Print($"address mask is 0x{bytes.U32(QuotedAt):x8}");
                break;
            case Timestamp:
                d.Print($"time stamp query id {bytes.U16(RestAt)} seq {bytes.U16(RestAt + 2)}");
                break;
            case TimestampReply:
                d.Print($"time stamp reply id {bytes.U16(RestAt)} seq {bytes.U16(RestAt + 2)}: org ");
                PrintTimeOfDay(d, bytes.U32(QuotedAt));
                d.Print($", recv ");
                PrintTimeOfDay(d, bytes.U32(QuotedAt + 4));
                d.Print($", xmit ");
                PrintTimeOfDay(d, bytes.U32(QuotedAt + 8));
                break;
            default:
                d.Print($"{OtherName(type)}");
                break;
        }
    }

    private static void PrintUnreachable(Dissection d, PacketBytes bytes, int code)
    {
        IpAddress destination = bytes.Ipv4(QuotedAt + Ipv4DestinationAt);
        switch (code)
        {
            case 2:
                d.Print($"{destination} protocol {bytes.U8(QuotedAt + Ipv4ProtocolAt)} unreachable");
                break;
            case 3:
                PrintPortUnreachable(d, bytes, destination);
                break;
            case 4 when bytes.U16(RestAt + 2) is var mtu and > 0:
                d.Print($"{destination} unreachable - need to frag (mtu {mtu})");
                break;
            default:
                var (before, after) = UnreachableText(code);
                d.Print($"{before}{destination} unreachable{after}");
                break;
        }
    }

    private static void PrintPortUnreachable(Dissection d, PacketBytes bytes, IpAddress destination)
    {
        int headerLength = (bytes.U8(QuotedAt) & 0x0f) * 4;
        ushort port = bytes.U16(QuotedAt + headerLength + 2);
        var protocol = (IpProtocol)bytes.U8(QuotedAt + Ipv4ProtocolAt);
        d.Print($"{destination} ");
        if (protocol == IpProtocol.Tcp)
        {
            d.Print($"tcp port ");
            d.Addresses.AppendTcpPort(port);
        }
        else if (protocol == IpProtocol.Udp)
        {
            d.Print($"udp port ");
            d.Addresses.AppendUdpPort(port);
        }
        else
        {
            d.Print($"protocol {(int)protocol} port {port}");
        }

        d.Print($" unreachable");
    }

    private static void PrintRedirect(Dissection d, PacketBytes bytes, int code)
    {
        string start = code switch { 0 or 1 => "redirect", 2 or 3 => "redirect-tos", _ => $"redirect-#{code}" };
        string to = code switch { 0 or 2 => "to net", 1 or 3 => "to host", _ => "to" };
        d.Print($"{start} {bytes.Ipv4(QuotedAt + Ipv4DestinationAt)} {to} {bytes.Ipv4(RestAt)}");
    }

    private static void PrintRouters(Dissection d, PacketBytes bytes)
    {
        d.Print($"router advertisement lifetime ");
        int count = bytes.U8(RestAt), size = bytes.U8(RestAt + 1), lifetime = bytes.U16(RestAt + 2);
        if (lifetime < 60) d.Print($"{lifetime}");
        else if (lifetime < 3600) d.Print($"{lifetime / 60}:{lifetime % 60:d2}");
        else d.Print($"{lifetime / 3600}:{lifetime % 3600 / 60:d2}:{lifetime % 60:d2}");
        d.Print($" {count}:");
        if (size != 2)
        {
            d.Print($" [size {size}]");
            return;
        }

        for (int i = 0; i < count && !d.IsCut; i++)
        {
            d.Print($" {{{bytes.Ipv4(QuotedAt + i * 8)} {bytes.U32(QuotedAt + i * 8 + 4)}}}");
        }
    }

    private static void PrintTimeOfDay(Dissection d, uint milliseconds)
    {
        uint seconds = milliseconds / 1000;
        d.Print($"{seconds / 3600:d2}:{seconds / 60 % 60:d2}:{seconds % 60:d2}.{milliseconds % 1000:d3}");
    }

    private static void PrintChecksum(Dissection d, PacketBytes bytes, int length)
    {
        if (!bytes.Has(length)) return;
        InternetChecksum sum = default(InternetChecksum).Add(bytes.Captured[..length]);
        if (sum.Value == 0) return;
        ushort found = bytes.U16(ChecksumAt);
        d.Print($" (wrong icmp cksum {found:x} (->{sum.ShouldBe(found):x})!)");
    }

    /// <summary>Prints the packet that an error quotes, on a line of its own.</summary>
    private static void PrintQuoted(Dissection d, PacketBytes bytes)
    {
        d.Print($"\n\t");
        int quotedLength = bytes.U16(QuotedAt + 2);
        if (!d.IsCut) Ipv4Printer.Print(d, bytes.From(QuotedAt).First(quotedLength), quotedLength);
    }

    private static (string Before, string After) UnreachableText(int code) => code switch
    {
        0 => ("net ", ""),
        1 => ("host ", ""),
        4 => ("", " - need to frag"),
        5 => ("", " - source route failed"),
        6 => ("net ", " - unknown"),
        7 => ("host ", " - unknown"),
        8 => ("", " - source host isolated"),
        9 => ("net ", " - admin prohibited"),
        10 => ("host ", " - admin prohibited"),
        11 => ("net ", " - tos prohibited"),
        12 => ("host ", " - tos prohibited"),
        13 => ("host ", " - admin prohibited filter"),
        14 => ("host ", " - host precedence violation"),
        15 => ("host ", " - precedence cutoff"),
        _ => ("", $" - #{code}"),
    };

    private static string OtherName(int type) => type switch
    {
        SourceQuench => "source quench",
        10 => "router solicitation",
        15 => "information request",
        16 => "information reply",
        17 => "address mask request",
        _ => $"type-#{type}",
    };
}
