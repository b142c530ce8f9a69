namespace Trama.Dump.Protocols.Application;

/// <summary>Prints NTP (RFC 5905) and the head of its control messages (RFC 9327).</summary>
internal static class NtpPrinter
{
    private const int StratumAt = 1, PollAt = 2, PrecisionAt = 3, RootDelayAt = 4, RootDispersionAt = 8, ReferenceIdAt = 12;
    private const int ReferenceAt = 16, OriginatorAt = 24, ReceiveAt = 32, TransmitAt = 40, KeyIdAt = 48, DigestAt = 52;
    private const int TimeLength = 48, ControlLength = 12;

    /// <summary>Seconds from the start of 1900, from which NTP counts, to that of 1970.</summary>
    private const long UnixEpoch = 2_208_988_800;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "ntp";
        int status = bytes.U8(0);
        int mode = status & 7;
        d.Print($"NTPv{status >> 3 & 7}");
        d.Print($", {ModeName(mode)}, length {length}");
        if (d.Verbosity == 0) return;

        int leap = status & 0xc0;
        d.Print($"\n\tLeap indicator: {LeapName(leap)} ({leap})");
        if (mode <= 5) PrintTime(d, bytes, length);
        else if (mode == 6) PrintControl(d, bytes, length);
    }

    private static void PrintTime(Dissection d, PacketBytes bytes, int length)
    {
        if (length < TimeLength)
        {
            d.Invalid();
            if (!bytes.Has(length)) d.Cut();
            return;
        }

        int stratum = bytes.U8(StratumAt);
        d.Print($", Stratum {stratum} ({StratumName(stratum)})");
        int poll = (sbyte)bytes.U8(PollAt);
        d.Print($", poll {poll}");
        if (poll is >= 0 and < 32) d.Print($" ({1u << poll}s)");
        else if (poll is < 0 and > -32) d.Print($" (1/{1u << -poll}s)");
        d.Print($", precision {(sbyte)bytes.U8(PrecisionAt)}");
        if (!TryPrint(d, bytes, "\n\tRoot Delay: ", RootDelayAt, 4)) return;
        PrintShort(d, bytes.U32(RootDelayAt));
        if (!TryPrint(d, bytes, ", Root dispersion: ", RootDispersionAt, 4)) return;
        PrintShort(d, bytes.U32(RootDispersionAt));
        if (!TryPrint(d, bytes, ", Reference-ID: ", ReferenceIdAt, 4)) return;
        if (stratum == 0) d.Print($"(unspec)");
        else if (stratum == 1) d.Print($"{bytes.Fetch(ReferenceIdAt, 4):s}");
        else d.Print($"0x{bytes.U32(ReferenceIdAt):x8}");

        if (!TryPrint(d, bytes, "\n\t  Reference Timestamp:  ", ReferenceAt, 8)) return;
        PrintTimestamp(d, bytes.U64(ReferenceAt));
        if (!TryPrint(d, bytes, "\n\t  Originator Timestamp: ", OriginatorAt, 8)) return;
        PrintTimestamp(d, bytes.U64(OriginatorAt));
        if (!TryPrint(d, bytes, "\n\t  Receive Timestamp:    ", ReceiveAt, 8)) return;
        PrintTimestamp(d, bytes.U64(ReceiveAt));
        if (!TryPrint(d, bytes, "\n\t  Transmit Timestamp:   ", TransmitAt, 8)) return;
        PrintTimestamp(d, bytes.U64(TransmitAt));
        d.Print($"\n\t    Originator - Receive Timestamp:  ");
        PrintDifference(d, bytes.U64(OriginatorAt), bytes.U64(ReceiveAt));
        d.Print($"\n\t    Originator - Transmit Timestamp: ");
        PrintDifference(d, bytes.U64(OriginatorAt), bytes.U64(TransmitAt));
        PrintTrailer(d, bytes, length - TimeLength);
    }

    private static void PrintTrailer(Dissection d, PacketBytes bytes, int length)
    {
        if (length is 4 or 20 or 24)
        {
            d.Print($"\n\tKey id: {bytes.U32(KeyIdAt)}");
            if (length == 4) return;
            if (bytes.Has(DigestAt, length - 4)) d.Print($"\n\tAuthentication: {bytes.Fetch(DigestAt, length - 4):x}");
            else d.Truncated();
        }
        else if (length > 0)
        {
            d.Print($"\n\t({length} more bytes after the header)");
        }
    }

    /// <summary>Prints a field's title, or that the field was not captured.</summary>
    private static bool TryPrint(Dissection d, PacketBytes bytes, string title, int at, int length)
    {
        bool captured = bytes.Has(at, length);
        if (captured) d.Print($"{title}");
        else d.Truncated();
        return captured;
    }

    private static void PrintControl(Dissection d, PacketBytes bytes, int length)
    {
        if (length < ControlLength)
        {
            d.Invalid();
            if (!bytes.Has(length)) d.Cut();
            return;
        }

        int control = bytes.U8(1);
        d.Print($", {((control & 0x80) != 0 ? "Response" : "Request")}, {((control & 0x40) != 0 ? "Error" : "OK")}, ");
        d.Print($"{((control & 0x20) != 0 ? "More" : "Last")}, OpCode={control & 0x1f}\n");
        d.Print($"\tSequence={bytes.U16(2)}");
        int status = bytes.U16(4);
        d.Print($", Status={(status == 0 ? "" : "0x")}{status:x}");
        d.Print($", Assoc.={bytes.U16(6)}");
        d.Print($", Offset={bytes.U16(8)}");
        int count = bytes.U16(10);
        d.Print($", Count={count}");
        if (ControlLength + count > length)
        {
            d.Invalid();
            if (!bytes.Has(length)) d.Cut();
        }
        else if (count > 0)
        {
            if (bytes.Has(ControlLength, count)) d.Print($"\n\tTO-BE-DONE: data not interpreted");
            else d.Truncated();
        }
    }

    /// <summary>Prints seconds with a fraction of 16 bits.</summary>
    private static void PrintShort(Dissection d, uint value) => d.Print($"{value >> 16}.{(ulong)(value & 0xffff) * 1_000_000 >> 16:d6}");

    /// <summary>Prints a time: seconds since 1900 with a fraction of 32 bits, and its date.</summary>
    private static void PrintTimestamp(Dissection d, ulong timestamp)
    {
        uint seconds = (uint)(timestamp >> 32);
        d.Print($"{seconds}.{(ulong)(uint)timestamp * 1_000_000_000 >> 32:d9}");
        if (seconds == 0) return;

        // All seconds are taken to be of the first era (RFC 5905 section 6), which ends in 2036.
        DateTime date = DateTime.UnixEpoch.AddSeconds((long)seconds - UnixEpoch);
        d.Print($" ({date.Year:d4}-{date.Month:d2}-{date.Day:d2}T{date.Hour:d2}:{date.Minute:d2}:{date.Second:d2}Z)");
    }

    private static void PrintDifference(Dissection d, ulong from, ulong to)
    {
        if (from == 0)
        {
            PrintTimestamp(d, to);
            return;
        }

        bool later = to > from;
        ulong distance = later ? to - from : from - to;
        d.Print($"{(later ? "+" : "-")}{distance >> 32}.{(distance & 0xffffffff) * 1_000_000_000 >> 32:d9}");
    }

    private static string ModeName(int mode) => mode switch
    {
        0 => "unspecified",
        1 => "symmetric active",
        2 => "symmetric passive",
        3 => "Client",
        4 => "Server",
        5 => "Broadcast",
        6 => "Control Message",
        _ => "Reserved",
    };

    private static string LeapName(int leap) => leap switch
    {
        0x00 => "",
        0x40 => "+1s",
        0x80 => "-1s",
        _ => "clock unsynchronized",
    };

    private static string StratumName(int stratum) => stratum switch
    {
        0 => "unspecified",
        1 => "primary reference",
        <= 15 => "secondary reference",
        16 => "unsynchronized",
        _ => "reserved",
    };
}
