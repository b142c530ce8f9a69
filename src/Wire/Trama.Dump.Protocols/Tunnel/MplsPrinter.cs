using Trama.Dump.Network;
using Trama.Dump.Text;
using Trama.Packets.Link;

namespace Trama.Dump.Protocols.Tunnel;

/// <summary>Prints stacks of MPLS labels (RFC 3032) and what they carry, as far as its first byte tells what that is.</summary>
internal static class MplsPrinter
{
    private static readonly string[] ReservedLabels =
    [
        "IPv4 explicit NULL", "router alert", "IPv6 explicit NULL", "implicit NULL", "rsvd", "rsvd", "rsvd", "rsvd", "rsvd", "rsvd",
        "rsvd", "rsvd", "rsvd", "rsvd", "rsvd", "rsvd",
    ];

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "mpls";
        d.Print($"MPLS");
        int at = 0;
        uint entry;
        do
        {
            if (length - at < MplsHeader.Length)
            {
                d.Invalid();
                if (!bytes.Has(at, length - at)) d.Cut();
                return;
            }

            entry = bytes.U32(at + MplsHeader.EntryAt);
            uint label = entry >> 12;
            d.Print($"{(at > 0 && d.Verbosity > 0 ? "\n\t" : " ")}(label {label}");
            if (d.Verbosity > 0 && label < ReservedLabels.Length) d.Print($" ({ReservedLabels[label]})");
            d.Print($", tc {entry >> 9 & 7}{((entry & MplsHeader.BottomOfStack) != 0 ? ", [S]" : "")}, ttl {entry & 0xff})");
            at += MplsHeader.Length;
        }
        while ((entry & MplsHeader.BottomOfStack) == 0 && !d.IsCut);

        PrintPayload(d, entry >> 12, bytes.From(at), length - at);
    }

    private static void PrintPayload(Dissection d, uint label, PacketBytes payload, int length)
    {
        int version = label switch { 0 or 3 => 4, 2 => 6, _ => 0 };
        if (version == 0)
        {
            if (length < 1) return;
            version = payload.U8(0) switch { >= 0x45 and <= 0x4f => 4, >= 0x60 and <= 0x6f => 6, _ => 0 };
        }

        if (version == 0)
        {
            if (d.ShowsUnknownAsBytes) d.Output.AppendHexAndAsciiLines(payload.First(length).Captured, "\n\t"u8);
            return;
        }

        d.Print($"{(d.Verbosity > 0 ? "\n\t" : " ")}");
        if (version == 4) Ipv4Printer.Print(d, payload, length);
        else Ipv6Printer.Print(d, payload, length);
    }
}
