using Trama.Dump.Network;
using Trama.Dump.Text;
using Trama.Packets.Link;

namespace Trama.Dump.Link;

/// <summary>Prints what Linux's netfilter logs of a packet.</summary>
internal static class NflogPrinter
{
    private const int HeaderLength = NflogHeader.Length;

    /// <summary>Prints a record.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "nflog";
        if (!bytes.Has(HeaderLength))
        {
            d.Truncated();
            return bytes.Length;
        }

        int version = bytes.U8(NflogHeader.VersionAt);
        if (version != 0)
        {
            d.Print($"version {version} (unknown)");
            return HeaderLength;
        }

        if (d.Options.LinkLayer) AppendHeader(d, bytes, length);
        if (!TryFindPayload(bytes, length, out int at))
        {
            d.Truncated();
            return HeaderLength;
        }

        PacketBytes payload = bytes.From(at);
        switch (bytes.U8(NflogHeader.FamilyAt))
        {
            case NflogHeader.FamilyIpv4:
                Ipv4Printer.Print(d, payload, length - at);
                break;
            case NflogHeader.FamilyIpv6:
                Ipv6Printer.Print(d, payload, length - at);
                break;
            default:
                if (!d.Options.LinkLayer) AppendHeader(d, bytes, length - at + HeaderLength);
                if (d.ShowsUnknownAsBytes) d.Output.AppendHexAndAsciiLines(payload.Captured, "\n\t"u8);
                break;
        }

        return at;
    }

    /// <summary>Finds the attribute that is the packet, or the end of the attributes.</summary>
    private static bool TryFindPayload(PacketBytes bytes, int length, out int at)
    {
        at = HeaderLength;
        while (at < length)
        {
            if (!bytes.Has(at, NflogHeader.AttributeHeaderLength)) return false;
            int size = bytes.LittleU16(at) + NflogHeader.Alignment - 1 & -NflogHeader.Alignment;
            if (size < NflogHeader.AttributeHeaderLength || !bytes.Has(at, size)) return false;
            if (bytes.LittleU16(at + 2) == NflogHeader.Payload)
            {
                at += NflogHeader.AttributeHeaderLength;
                return true;
            }

            at += size;
        }

        return true;
    }

    private static void AppendHeader(Dissection d, PacketBytes bytes, int length)
    {
        int family = bytes.U8(NflogHeader.FamilyAt);
        string? name = family switch { NflogHeader.FamilyIpv4 => "IPv4", NflogHeader.FamilyIpv6 => "IPv6", _ => null };
        d.Print($"version {bytes.U8(NflogHeader.VersionAt)}, resource ID {bytes.U16(NflogHeader.ResourceAt)}");
        if (d.Options.Quiet) d.Print($", {name ?? $"Unknown NFLOG (0x{family:x2})"}");
        else d.Print($", family {name ?? "Unknown"} ({family})");
        d.Print($", length {length}: ");
    }
}
