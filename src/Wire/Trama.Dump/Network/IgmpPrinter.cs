using Trama.Dump.Text;
using Trama.Packets.Network;

namespace Trama.Dump.Network;

/// <summary>Prints IGMP (RFC 2236, RFC 9776) and what else travels under its number.</summary>
internal static class IgmpPrinter
{
    private const int GroupAt = 4;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "igmp";
        if (d.Options.Quiet)
        {
            d.Print($"igmp");
            return;
        }

        int type = bytes.U8(0);
        switch (type)
        {
            case 0x11:
                PrintQuery(d, bytes, length);
                break;
            case 0x12:
                d.Print($"igmp v1 report {bytes.Ipv4(GroupAt)}");
                if (length != 8) d.Print($" [len {length}]");
                break;
            case 0x13:
                d.Print($"igmp dvmrp");
                if (length < 8) d.Print($" [len {length}]");
                else DvmrpPrinter.Print(d, bytes, length);
                break;
            case 0x14:
                d.Print($"igmp pimv1");
                break;
            case 0x16:
                d.Print($"igmp v2 report {bytes.Ipv4(GroupAt)}");
                break;
            case 0x17:
                d.Print($"igmp leave {bytes.Ipv4(GroupAt)}");
                break;
            case 0x1e:
                PrintTrace(d, "mresp", bytes, length);
                break;
            case 0x1f:
                PrintTrace(d, "mtrace", bytes, length);
                break;
            case 0x22:
                d.Print($"igmp v3 report");
                PrintReport(d, bytes, length);
                break;
            default:
                d.Print($"igmp-{type}");
                break;
        }

        if (d.Verbosity > 0 && length >= 4 && bytes.Has(length) && default(InternetChecksum).Add(bytes.Captured[..length]).Value != 0)
        {
            d.Print($" bad igmp cksum {bytes.U16(2):x}!");
        }
    }

    private static void PrintQuery(Dissection d, PacketBytes bytes, int length)
    {
        d.Print($"igmp query");
        if (length >= 12)
        {
            PrintQueryV3(d, bytes, length);
            return;
        }

        int time = bytes.U8(1);
        d.Print($"{(time > 0 ? " v2" : " v1")}");
        if (time is not (0 or 100)) d.Print($" [max resp time {time}]");
        if (bytes.U32(GroupAt) != 0) d.Print($" [gaddr {bytes.Ipv4(GroupAt)}]");
        if (length != 8) d.Print($" [len {length}]");
    }

    private static void PrintQueryV3(Dissection d, PacketBytes bytes, int length)
    {
        d.Print($" v3");
        if ((length & 3) != 0)
        {
            d.Print($" [invalid len {length}]");
            return;
        }

        int code = bytes.U8(1);
        int tenths = code < 128 ? code : (code & 0x0f | 0x10) << ((code & 0x70) >> 4) + 3;
        if (code != 100)
        {
            d.Print($" [max resp time ");
            if (tenths < 600) d.Print($"{tenths / 10}.{tenths % 10}s");
            else d.PrintDuration((uint)tenths / 10);
            d.Print($"]");
        }

        if (bytes.U32(GroupAt) == 0) return;
        d.Print($" [gaddr {bytes.Ipv4(GroupAt)}");
        int sources = bytes.U16(10);
        if (sources > 0)
        {
            if (length < 12 + sources * 4) d.Print($" [invalid number of sources]");
            else PrintSources(d, bytes.From(12), sources);
        }

        d.Print($"]");
    }

    private static void PrintReport(Dissection d, PacketBytes bytes, int length)
    {
        if (length < 16 || (length & 3) != 0)
        {
            d.Print($" [invalid len {length}]");
            return;
        }

        int groups = bytes.U16(6);
        d.Print($", {groups} group record(s)");
        if (d.Verbosity == 0) return;
        int at = 8;
        for (int i = 0; i < groups && !d.IsCut; i++)
        {
            if (length < at + 8)
            {
                d.Print($" [invalid number of groups]");
                return;
            }

            d.Print($" [gaddr {bytes.Ipv4(at + 4)}");
            d.Print($" {RecordName(bytes.U8(at), version: 3)}");
            int sources = bytes.U16(at + 2);
            if (length < at + 8 + sources * 4)
            {
                d.Print($" [invalid number of sources {sources}]");
                return;
            }

            PrintSources(d, bytes.From(at + 8), sources);
            at += 8 + sources * 4;
            d.Print($"]");
        }
    }

    private static void PrintSources(Dissection d, PacketBytes bytes, int count)
    {
        if (d.Verbosity <= 1)
        {
            d.Print($", {count} source(s)");
            return;
        }

        d.Print($" {{");
        for (int i = 0; i < count && !d.IsCut; i++) d.Print($" {bytes.Ipv4(i * 4)}");
        d.Print($" }}");
    }

    private static void PrintTrace(Dissection d, string name, PacketBytes bytes, int length)
    {
        if (length < 24)
        {
            d.Print($" [invalid len {length}]");
            return;
        }

        d.Print($"{name} {bytes.U24(21)}: {bytes.Ipv4(8)} to {bytes.Ipv4(12)} reply-to {bytes.Ipv4(16)}");
        if (bytes.U8(16) >> 4 == 0xe) d.Print($" with-ttl {bytes.U8(20)}");
    }

    /// <summary>The name of a group record, RFC 3376 section 4.2.12; those of MLDv2 are the same.</summary>
    public static string RecordName(int type, int version) => type switch
    {
        1 => "is_in",
        2 => "is_ex",
        3 => "to_in",
        4 => "to_ex",
        5 => "allow",
        6 => "block",
        _ => $" [v{version}-report-#{type}]",
    };
}
