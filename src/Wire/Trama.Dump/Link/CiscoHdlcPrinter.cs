using Trama.Dump.Network;
using Trama.Dump.Printers;
using Trama.Dump.Text;
using Trama.Packets.Link;

namespace Trama.Dump.Link;

/// <summary>Prints Cisco HDLC frames, and the keepalives of its own line protocol (SLARP).</summary>
internal static class CiscoHdlcPrinter
{
    private const int HeaderLength = 4, AddressAt = 0, TypeAt = 2;
    private const int LineProtocol = 0x8035;
    private const uint Keepalive = 2;

    /// <summary>Prints a frame and what it carries.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "chdlc";
        if (!bytes.Has(HeaderLength) || length < HeaderLength)
        {
            d.Truncated();
            return bytes.Length;
        }

        int address = bytes.U8(AddressAt), type = bytes.U16(TypeAt);
        if (d.Options.LinkLayer)
        {
            d.Print($"{address switch { 0x0f => "unicast", 0x8f => "bcast", _ => $"0x{address:x2}" }}, ");
            d.Print($"ethertype {EtherTypeNames.Find(type) ?? "Unknown"} (0x{type:x4}), length {length}: ");
        }

        PacketBytes payload = bytes.From(HeaderLength);
        length -= HeaderLength;
        switch ((EtherType)type)
        {
            case EtherType.Ipv4:
                Ipv4Printer.Print(d, payload, length);
                break;
            case EtherType.Ipv6:
                Ipv6Printer.Print(d, payload, length);
                break;
            case EtherType.Mpls or EtherType.MplsMulticast:
                d.Printers.EtherTypes.TryPrint(d, type, new Payload(payload, length));
                break;
            case (EtherType)LineProtocol:
                PrintLineProtocol(d, payload, length);
                break;
            default:
                if (!d.Options.LinkLayer) d.Print($"unknown CHDLC protocol (0x{type:x4})");
                break;
        }

        return HeaderLength;
    }

    private static void PrintLineProtocol(Dissection d, PacketBytes bytes, int length)
    {
        const int CodeAt = 0, FirstAt = 4, SecondAt = 8, ReliabilityAt = 12, UptimeAt = 14, MinimumLength = 14, MaximumLength = 18;
        d.Print($"SLARP (length: {length}), ");
        d.Protocol = "chdlc_slarp";
        if (length < MinimumLength || !bytes.Has(MinimumLength))
        {
            d.Truncated();
            return;
        }

        uint code = bytes.U32(CodeAt);
        switch (code)
        {
            case 0:
                d.Print($"request");
                break;
            case 1:
                d.Print($"reply {bytes.Ipv4(FirstAt)}/{bytes.Ipv4(SecondAt)}");
                break;
            case Keepalive:
                d.Print($"keepalive: mineseen=0x{bytes.U32(FirstAt):x8}, yourseen=0x{bytes.U32(SecondAt):x8}, ");
                d.Print($"reliability=0x{bytes.U16(ReliabilityAt):x4}");
                if (length < MaximumLength) break;
                uint seconds = bytes.U32(UptimeAt) / 1000;
                d.Print($", link uptime={seconds / 86400}d{seconds / 3600 % 24}h{seconds / 60 % 60}m{seconds % 60}s");
                break;
            default:
                d.Print($"0x{code:x2} unknown");
                if (d.Verbosity <= 1) PrintBytes(d, bytes.From(FirstAt).First(length - FirstAt));
                break;
        }

        if (length > MaximumLength && d.Verbosity > 0) d.Print($", (trailing junk: {length - MaximumLength} bytes)");
        if (d.Verbosity > 1 && code != Keepalive) PrintBytes(d, bytes.From(FirstAt).First(length - FirstAt));
    }

    private static void PrintBytes(Dissection d, PacketBytes bytes) => d.Output.AppendHexLines(bytes.Captured, "\n\t"u8);
}
