using Trama.Dump.Link.Ppp;
using Trama.Dump.Network;
using Trama.Dump.Text;
using Trama.Packets.Link;
using Trama.Packets.Tunnel;

namespace Trama.Dump.Protocols.Tunnel;

/// <summary>Prints GRE (RFC 2784, RFC 2890), its first form with source routes (RFC 1701), and that of PPTP (RFC 2637).</summary>
internal static class GrePrinter
{
    private const int IpRoute = (int)EtherType.Ipv4, AsRoute = 0xfffe;

    private static readonly (uint Bits, string Name)[] Flags =
    [
        (GreHeader.ChecksumPresent, "checksum present"), (GreHeader.RoutingPresent, "routing present"),
        (GreHeader.KeyPresent, "key present"), (GreHeader.SequencePresent, "sequence# present"), (0x0800, "source routing present"),
        (GreHeader.AcknowledgmentPresent, "ack present"),
    ];

    /// <summary>Prints a packet.</summary>
    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "gre";
        if (length < 2 || !bytes.Has(2))
        {
            d.Truncated();
            return;
        }

        int flags = bytes.U16(GreHeader.FlagsAt);
        int version = flags & GreHeader.VersionMask;
        d.Print($"GREv{version}");
        if (version > 1)
        {
            d.Print($" ERROR: unknown-version");
            return;
        }

        if (d.Verbosity > 0)
        {
            d.Print($", Flags [");
            if (!d.Output.AppendBits(Flags, (uint)flags)) d.Print($"none");
            d.Print($"]");
        }

        int at = GreHeader.TypeAt;
        if (!TryTake(d, bytes, length, ref at, GreHeader.MinimumLength - GreHeader.TypeAt)) return;
        int protocol = bytes.U16(GreHeader.TypeAt);
        bool whole = version == 0
            ? PrintFields(d, bytes, length, flags, ref at)
            : PrintPointToPointFields(d, bytes, length, flags, ref at);
        if (!whole) return;
        if (d.Options.LinkLayer) d.Print($", proto {EtherTypeNames.Find(protocol) ?? "unknown"} (0x{protocol:x4})");
        d.Print($", length {length}");
        if (version == 1 && (flags & GreHeader.SequencePresent) == 0) return;
        d.Print($"{(d.Verbosity < 1 ? ": " : "\n\t")}");
        PrintPayload(d, version, protocol, bytes.From(at), length - at);
    }

    /// <summary>Passes a field; when it is not all there, that is said on the line.</summary>
    private static bool TryTake(Dissection d, PacketBytes bytes, int length, ref int at, int count)
    {
        if (length - at < count || !bytes.Has(at, count))
        {
            d.Truncated();
            return false;
        }

        at += count;
        return true;
    }

    private static bool PrintFields(Dissection d, PacketBytes bytes, int length, int flags, ref int at)
    {
        if ((flags & (GreHeader.ChecksumPresent | GreHeader.RoutingPresent)) != 0)
        {
            if (!TryTake(d, bytes, length, ref at, 2)) return false;
            if (d.Verbosity > 0) d.Print($", sum 0x{bytes.U16(at - 2):x}");
            if (!TryTake(d, bytes, length, ref at, 2)) return false;
            d.Print($", off 0x{bytes.U16(at - 2):x}");
        }

        if ((flags & GreHeader.KeyPresent) != 0)
        {
            if (!TryTake(d, bytes, length, ref at, 4)) return false;
            d.Print($", key=0x{bytes.U32(at - 4):x}");
        }

        if ((flags & GreHeader.SequencePresent) != 0)
        {
            if (!TryTake(d, bytes, length, ref at, 4)) return false;
            d.Print($", seq {bytes.U32(at - 4)}");
        }

        return (flags & GreHeader.RoutingPresent) == 0 || PrintRoutes(d, bytes, length, ref at);
    }

    private static bool PrintRoutes(Dissection d, PacketBytes bytes, int length, ref int at)
    {
        while (true)
        {
            if (!TryTake(d, bytes, length, ref at, 4)) return false;
            int family = bytes.U16(at - 4), offset = bytes.U8(at - 2), routeLength = bytes.U8(at - 1);
            if (family == 0 && routeLength == 0) return true;
            int start = at;
            if (!PrintRoute(d, family, offset, bytes.From(start).First(length - start), routeLength) || routeLength > length - start)
            {
                d.Truncated();
                return false;
            }

            at += routeLength;
        }
    }

    private static bool PrintRoute(Dissection d, int family, int offset, PacketBytes route, int length)
    {
        if (family is not (IpRoute or AsRoute))
        {
            d.Print($", (rtaf=0x{family:x})");
            return true;
        }

        int size = family == IpRoute ? 4 : 2;
        d.Print($", (rtaf={(family == IpRoute ? "ip" : "asn")}");
        bool whole = true;
        if (offset % size != 0) d.Print($", badoffset={offset}");
        else if (length % size != 0) d.Print($", badlength={length}");
        else if (offset >= length) d.Print($", badoff/len={offset}/{length}");
        else whole = PrintHops(d, family, offset, route, length, size);
        d.Print($")");
        return whole;
    }

    private static bool PrintHops(Dissection d, int family, int offset, PacketBytes route, int length, int size)
    {
        for (int at = 0; at < length; at += size)
        {
            if (!route.Has(at, size)) return false;
            d.Print($" {(at == offset ? "*" : "")}");
            if (family == IpRoute) d.Print($"{route.Ipv4(at):n}");
            else d.Print($"{route.U16(at):x}");
        }

        return true;
    }

    private static bool PrintPointToPointFields(Dissection d, PacketBytes bytes, int length, int flags, ref int at)
    {
        if ((flags & GreHeader.KeyPresent) != 0)
        {
            if (!TryTake(d, bytes, length, ref at, 4)) return false;
            d.Print($", call {bytes.U16(at - 2)}");
        }

        if ((flags & GreHeader.SequencePresent) != 0)
        {
            if (!TryTake(d, bytes, length, ref at, 4)) return false;
            d.Print($", seq {bytes.U32(at - 4)}");
        }

        if ((flags & GreHeader.AcknowledgmentPresent) != 0)
        {
            if (!TryTake(d, bytes, length, ref at, 4)) return false;
            d.Print($", ack {bytes.U32(at - 4)}");
        }

        if ((flags & GreHeader.SequencePresent) == 0) d.Print($", no-payload");
        return true;
    }

    private static void PrintPayload(Dissection d, int version, int protocol, PacketBytes payload, int length)
    {
        switch ((EtherType)protocol)
        {
            case EtherType.Ipv4 when version == 0:
                Ipv4Printer.Print(d, payload, length);
                break;
            case EtherType.Ipv6 when version == 0:
                Ipv6Printer.Print(d, payload, length);
                break;
            case EtherType.Mpls when version == 0:
                MplsPrinter.Print(d, payload, length);
                break;
            case EtherType.TransparentEthernet when version == 0:
                TunnelledEthernet.Print(d, payload, length);
                break;
            case EtherType.Ppp when version == 1:
                PppPrinter.Print(d, payload, length);
                break;
            default:
                d.Print($"gre-proto-0x{protocol:x}");
                break;
        }
    }
}
