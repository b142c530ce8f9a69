using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Application;

/// <summary>Prints the precision time protocol, version 2 (IEEE 1588-2008).</summary>
internal static class PtpPrinter
{
    private const int LengthAt = 2, DomainAt = 4, FlagsAt = 6, CorrectionAt = 8, ReservedAt = 16, ClockAt = 20, PortAt = 28;
    private const int SequenceAt = 30, ControlAt = 32, IntervalAt = 33, BodyAt = 34, LeastLength = 10;

    private static readonly (uint Bits, string Name)[] Flags =
    [
        (0x0001, "l1 61"), (0x0002, "l1 59"), (0x0004, "utc reasonable"), (0x0008, "timescale"), (0x0010, "time tracable"),
        (0x0020, "frequency tracable"), (0x0100, "alternate master"), (0x0200, "two step"), (0x0400, "unicast"),
        (0x1000, "unknown"), (0x2000, "profile specific 1"), (0x4000, "profile specific 2"), (0x8000, "security mask"),
    ];

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "ptp";
        if (length < LeastLength)
        {
            d.Print($" [length {length} < {LeastLength}]");
            d.Invalid();
            return;
        }

        int version = bytes.U16(0) & 0x00ff;
        d.Print($"PTPv{version}");
        if (version == 1) d.Print($" (not implemented)");
        if (version != 2) return;
        int type = bytes.U8(0) & 0x0f;
        d.Print($", v1 compat : {((bytes.U8(0) & 0x10) != 0 ? "yes" : "no")}");
        d.Print($", msg type : {TypeName(type)}");
        d.Print($", length : {bytes.U16(LengthAt)}");
        d.Print($", domain : {bytes.U8(DomainAt)}, reserved1 : {bytes.U8(DomainAt + 1)}");
        int flags = bytes.U16(FlagsAt);
        d.Print($", Flags [");
        if (!d.Output.AppendBits(Flags, (uint)flags)) d.Print($"none");
        d.Print($"]");
        d.Print($", NS correction : {U48(bytes, CorrectionAt)}");
        d.Print($", sub NS correction : {bytes.U16(CorrectionAt + 6)}");
        d.Print($", reserved2 : {bytes.U32(ReservedAt)}");
        d.Print($", clock identity : 0x{bytes.U64(ClockAt):x}");
        d.Print($", port id : {bytes.U16(PortAt)}");
        d.Print($", seq id : {bytes.U16(SequenceAt)}");
        int control = bytes.U8(ControlAt);
        d.Print($", control : {control} ({ControlName(control)})");
        d.Print($", log message interval : {bytes.U8(IntervalAt)}");
        PrintBody(d, type, bytes.From(BodyAt));
    }

    private static void PrintBody(Dissection d, int type, PacketBytes body)
    {
        switch (type)
        {
            case 0 or 1:
                PrintTimestamp(d, "originTimeStamp", body, ",");
                break;
            case 8:
                PrintTimestamp(d, "preciseOriginTimeStamp", body, ",");
                break;
            case 2 or 10:
                PrintTimestamp(d, "preciseOriginTimeStamp", body, ",");
                PrintPort(d, body.From(10));
                break;
            case 3 or 9:
                PrintTimestamp(d, "receiveTimeStamp", body, ",");
                PrintPort(d, body.From(10));
                break;
            case 11:
                PrintAnnouncement(d, body);
                break;
            case 12:
                PrintPort(d, body);
                break;
            case 13:
                PrintPort(d, body);
                d.Print($", start boundary hops : {body.U8(10)}, boundary hops : {body.U8(11)}");
                d.Print($", flags : 0x{body.U8(12):x}, reserved : 0x{body.U8(13):x}");
                break;
        }
    }

    private static void PrintAnnouncement(Dissection d, PacketBytes body)
    {
        PrintTimestamp(d, "originTimeStamp", body, "");
        d.Print($", origin cur utc :{body.U16(10)}");
        d.Print($", rsvd : {body.U8(12)}");
        d.Print($", gm priority_1 : {body.U8(13)}");
        d.Print($", gm clock class : {body.U8(14)}");
        d.Print($", gm clock accuracy : {body.U8(15)}");
        d.Print($", gm clock variance : {body.U16(16)}");
        d.Print($", gm priority_2 : {body.U8(18)}");
        d.Print($", gm clock id : 0x{body.U64(19):x}");
        d.Print($", steps removed : {body.U16(27)}");
        d.Print($", time source : 0x{body.U8(29):x}");
    }

    private static void PrintTimestamp(Dissection d, string title, PacketBytes bytes, string comma)
    {
        d.Print($", {title} :");
        d.Print($" {U48(bytes, 0)} seconds{comma}");
        d.Print($" {bytes.U32(6)} nanoseconds");
    }

    private static void PrintPort(Dissection d, PacketBytes bytes)
    {
        d.Print($", port identity : 0x{bytes.U64(0):x}");
        d.Print($", port id : {bytes.U16(8)}");
    }

    private static ulong U48(PacketBytes bytes, int offset) => (ulong)bytes.U16(offset) << 32 | bytes.U32(offset + 2);

    private static string TypeName(int type) => type switch
    {
        0 => "sync msg",
        1 => "delay req msg",
        2 => "peer delay req msg",
        3 => "peer delay resp msg",
        8 => "follow up msg",
        9 => "delay resp msg",
        10 => "pdelay resp fup msg",
        11 => "announce msg",
        12 => "signalling msg",
        13 => "management msg",
        _ => "Reserved",
    };

    private static string ControlName(int control) => control switch
    {
        0 => "Sync",
        1 => "Delay_Req",
        2 => "Follow_Up",
        3 => "Delay_Resp",
        4 => "Management",
        5 => "Other",
        _ => "Reserved",
    };
}
