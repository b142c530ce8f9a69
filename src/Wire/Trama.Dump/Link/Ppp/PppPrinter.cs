using Trama.Dump.Network;
using Trama.Dump.Printers;
using Trama.Dump.Text;
using Trama.Packets.Link;

namespace Trama.Dump.Link.Ppp;

/// <summary>Prints PPP (RFC 1661) and what it carries.</summary>
internal static class PppPrinter
{
    private const int Received = 0x0003, Sent = 0x0103, AllStations = 0xff03, FrameHeaderLength = 4;
    private const int CiscoUnicast = 0x0f, CiscoBroadcast = 0x8f;

    /// <summary>Prints a frame that was captured on a PPP link.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int PrintFrame(Dissection d, PacketBytes bytes, int length)
    {
        if (bytes.Has(FrameHeaderLength))
        {
            Print(d, bytes, length);
            return FrameHeaderLength;
        }

        d.Protocol = "ppp";
        d.Truncated();
        return bytes.Length;
    }

    /// <summary>Prints a frame in HDLC-like framing (RFC 1662), or one of Cisco HDLC.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int PrintSerialFrame(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "ppp";
        if (bytes.Has(1) && bytes.U8(0) is CiscoUnicast or CiscoBroadcast) return CiscoHdlcPrinter.Print(d, bytes, length);
        if (!bytes.Has(FrameHeaderLength))
        {
            d.Truncated();
            return bytes.Length;
        }

        if (d.Options.LinkLayer) d.Print($"{bytes.U8(0):x2} {bytes.U8(1):x2} {length} ");
        int protocol = bytes.U16(2);
        d.Print($"{PppProtocol.Find(protocol) ?? $"unknown PPP protocol (0x{protocol:x4})"}: ");
        PrintPayload(d, protocol, bytes.From(FrameHeaderLength), length - FrameHeaderLength);
        return FrameHeaderLength;
    }

    /// <summary>Prints a frame, with or without its address and control fields.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "ppp";
        if (length < 2)
        {
            d.Truncated();
            return 0;
        }

        int at = 0;
        int addressAndControl = bytes.U16(0);
        if (addressAndControl is Received or Sent or AllStations)
        {
            if (d.Options.LinkLayer && addressAndControl != AllStations) d.Print($"{(addressAndControl == Sent ? "Out " : "In  ")}");
            at = 2;
        }

        if (length - at < 2)
        {
            d.Truncated();
            return 0;
        }

        // A number whose first byte is odd was compressed to that byte (RFC 1661, section 6.5).
        bool compressed = bytes.U8(at) % 2 == 1;
        int protocol = compressed ? bytes.U8(at) : bytes.U16(at);
        at += compressed ? 1 : 2;
        if (d.Options.LinkLayer)
        {
            string? name = PppProtocol.Find(protocol);
            d.Print($"{name ?? "unknown"} (0x{protocol:x4}), length {length}");
            if (name is null) return at;
            d.Print($": ");
        }

        PrintPayload(d, protocol, bytes.From(at), length - at);
        return at;
    }

    /// <summary>Prints what a frame carries.</summary>
    public static void PrintPayload(Dissection d, int protocol, PacketBytes bytes, int length)
    {
        switch (protocol)
        {
            case PppProtocol.Lcp or PppProtocol.Ipcp or PppProtocol.OsiControl or PppProtocol.MplsControl or PppProtocol.Ipv6cp
                or PppProtocol.Ccp or PppProtocol.Bacp:
                PppControlPrinter.Print(d, protocol, bytes, length);
                break;
            case PppProtocol.Multilink:
                PrintMultilink(d, bytes, length);
                break;
            case PppProtocol.Chap:
                PppAuthenticationPrinter.PrintChallenge(d, bytes, length);
                break;
            case PppProtocol.Pap:
                PppAuthenticationPrinter.PrintPassword(d, bytes, length);
                break;
            case PppProtocol.Bap:
                break;
            case PppProtocol.Ipv4 or PppProtocol.VanJacobsonUncompressed or 0x0800:
                Ipv4Printer.Print(d, bytes, length);
                break;
            case PppProtocol.Ipv6 or 0x86dd:
                Ipv6Printer.Print(d, bytes, length);
                break;
            case PppProtocol.MplsUnicast or PppProtocol.MplsMulticast:
                d.Printers.EtherTypes.TryPrint(d, (int)EtherType.Mpls, new Payload(bytes, length));
                break;
            case PppProtocol.Compressed:
                d.Print($"compressed PPP data");
                break;
            default:
                d.Print($"{PppProtocol.Find(protocol) ?? $"unknown PPP protocol (0x{protocol:x4})"} ");
                d.Output.AppendHexLines(bytes.First(length).Captured, "\n\t"u8);
                break;
        }
    }

    private static void PrintMultilink(Dissection d, PacketBytes bytes, int length)
    {
        if (!d.Options.LinkLayer) d.Print($"MLPPP, ");
        if (length < 2 || !bytes.Has(2))
        {
            d.Print($"[|mlppp]");
            return;
        }

        string flags = (bytes.U8(0) & 0xc0) switch { 0x80 => "begin", 0x40 => "end", 0xc0 => "begin, end", _ => "none" };
        d.Print($"seq 0x{bytes.U16(0) & 0x0fff:x3}, Flags [{flags}], length {length}");
    }
}
