using Trama.Dump.Text;

namespace Trama.Dump.Network;

/// <summary>Prints DVMRP (RFC 1075 and draft-ietf-idmr-dvmrp-v3), which travels inside IGMP.</summary>
internal static class DvmrpPrinter
{
    private static readonly (uint Bits, string Name)[] NeighborFlags =
    [
        (0x01, "/tunnel"), (0x02, "/srcrt"), (0x40, "/querier"), (0x20, "/disabled"), (0x10, "/down"),
    ];

    /// <param name="d">The packet being printed.</param>
    /// <param name="igmp">From the IGMP header on, at least eight bytes by its length.</param>
    /// <param name="length">What IP says is there.</param>
    public static void Print(Dissection d, PacketBytes igmp, int length)
    {
        d.Protocol = "dvmrp";
        int type = igmp.U8(1);
        PacketBytes bytes = igmp.From(8);
        length -= 8;
        d.Print($" {TypeName(type)}");
        switch (type)
        {
            case 1 when d.Verbosity > 0:
                PrintProbe(d, bytes, length);
                break;
            case 4:
                PrintNeighbors(d, bytes, length, withFlags: false);
                break;
            case 6:
                d.Print($" (v {igmp.U8(7)}.{igmp.U8(6)}):");
                PrintNeighbors(d, bytes, length, withFlags: true);
                break;
            case 7:
                d.Print($" src {bytes.Ipv4(0)} grp {bytes.Ipv4(4)} timer ");
                d.PrintDuration(bytes.U32(8));
                break;
            case 8 or 9:
                d.Print($" src {bytes.Ipv4(0)} grp {bytes.Ipv4(4)}");
                break;
        }
    }

    private static void PrintProbe(Dissection d, PacketBytes bytes, int length)
    {
        if (length < 4)
        {
            d.Print($" [full length {length} < 4]");
            d.Invalid();
            return;
        }

        d.Print($"{(d.Verbosity > 1 ? "\n\t" : " ")}genid {bytes.U32(0)}");
        if (d.Verbosity < 2) return;
        for (int at = 4; at < length && !d.IsCut; at += 4)
        {
            if (length - at < 4)
            {
                d.Print($"[remaining length {length - at} < 4]");
                d.Invalid();
                return;
            }

            d.Print($"\n\tneighbor {bytes.Ipv4(at)}");
        }
    }

    private static void PrintNeighbors(Dissection d, PacketBytes bytes, int length, bool withFlags)
    {
        int headerLength = withFlags ? 8 : 7;
        int at = 0;
        while (at < length && !d.IsCut)
        {
            if (length - at < headerLength)
            {
                d.Print($" [length {length - at} < {headerLength}]");
                d.Invalid();
                return;
            }

            PacketBytes header = bytes.From(at);
            int count = header.U8(headerLength - 1);
            at += headerLength;
            for (; count > 0 && (at < length || !withFlags) && !d.IsCut; count--, at += 4)
            {
                if (length - at < 4)
                {
                    d.Print($" [length {length - at} < 4]");
                    d.Invalid();
                    return;
                }

                string separator = withFlags ? "" : ",";
                d.Print($" [{header.Ipv4(0)} -> {bytes.Ipv4(at)}{separator} ({header.U8(4)}/{header.U8(5)}");
                if (withFlags) d.Output.AppendBits(NeighborFlags, header.U8(6), separator: "");
                d.Print($")]");
            }

            if (count == 0) continue;
            d.Print($" [invalid ncount]");
            d.Invalid();
            return;
        }
    }

    private static string TypeName(int type) => type switch
    {
        1 => "Probe",
        2 => "Report",
        3 => "Ask-neighbors(old)",
        4 => "Neighbors(old)",
        5 => "Ask-neighbors2",
        6 => "Neighbors2",
        7 => "Prune",
        8 => "Graft",
        9 => "Graft-ACK",
        _ => $"[type {type}]",
    };
}
