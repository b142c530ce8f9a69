namespace Trama.Dump.Network.Icmpv6;

/// <summary>Prints router renumbering (RFC 2894).</summary>
internal static class RouterRenumberingPrinter
{
    private const int Command = 0;
    private const int SequenceAt = 4, SegmentAt = 8, FlagsAt = 9, DelayAt = 10, ReservedAt = 12, MatchAt = 16;
    private const int MatchLength = 24, UseLength = 32;

    /// <summary>Prints what follows the type's name; false when the message broke off.</summary>
    public static bool Print(Dissection d, PacketBytes bytes)
    {
        if (bytes.Fetch(0, MatchAt).IsEmpty) return true;
        int code = bytes.U8(1);
        d.Print($"{code switch { 0 => ", command", 1 => ", result", 255 => ", sequence number reset", _ => $", code-#{code}" }}");
        d.Print($", seq={bytes.U32(SequenceAt)}");
        if (d.Verbosity > 0) PrintFlags(d, bytes);
        return code != Command || PrintCommand(d, bytes.From(MatchAt));
    }

    private static void PrintFlags(Dissection d, PacketBytes bytes)
    {
        int flags = bytes.U8(FlagsAt);
        d.Print($"[");
        if (flags != 0)
        {
            for (int bit = 0; bit < 5; bit++)
            {
                if ((flags & 0x80 >> bit) != 0) d.Print($"{"TRASP"[bit]}");
            }

            d.Print($",");
        }

        d.Print($"seg={bytes.U8(SegmentAt)},maxdelay={bytes.U16(DelayAt)}");
        if (bytes.U32(ReservedAt) is var reserved and > 0) d.Print($"rsvd=0x{reserved:x}");
        d.Print($"]");
    }

    private static bool PrintCommand(Dissection d, PacketBytes match)
    {
        _ = match.Ipv6(8);
        PrintSeparator(d);
        int code = match.U8(0);
        d.Print($"match({code switch { 1 => "add", 2 => "change", 3 => "setglobal", _ => $"#{code}" }}");
        if (d.Verbosity > 0) d.Print($",ord={match.U8(2)},min={match.U8(4)},max={match.U8(5)}");
        d.Print($",{match.Ipv6(8):n}/{match.U8(3)})");
        int words = match.U8(1) - 3;
        if (words % 4 != 0)
        {
            d.Truncated();
            return false;
        }

        for (int i = 0; i < words / 4 && !d.IsCut; i++) PrintUse(d, match.From(MatchLength + i * UseLength));
        return true;
    }

    private static void PrintUse(Dissection d, PacketBytes use)
    {
        _ = use.Ipv6(16);
        PrintSeparator(d);
        d.Print($"use(");

        int flags = use.U8(12);
        if (flags != 0) d.Print($"{((flags & 0x80) != 0 ? "V" : "")}{((flags & 0x40) != 0 ? "P" : "")},");
        if (d.Verbosity > 0)
        {
            d.Print($"mask=0x{use.U8(2):x},raflags=0x{use.U8(3):x},");
            PrintLifetime(d, "vltime", use.U32(4));
            PrintLifetime(d, "pltime", use.U32(8));
        }

        d.Print($"{use.Ipv6(16):n}/{use.U8(0)}/{use.U8(1)})");
    }

    private static void PrintLifetime(Dissection d, string name, uint seconds)
    {
        if (seconds == uint.MaxValue) d.Print($"{name}=infty,");
        else d.Print($"{name}={seconds},");
    }

    private static void PrintSeparator(Dissection d) => d.Print($"{(d.Verbosity > 1 ? "\n\t" : " ")}");
}
