namespace Trama.Dump.Link.Wireless;

/// <summary>Prints the radiotap fields that are made of several things.</summary>
internal static class RadiotapValues
{
    private const uint Turbo = 0x10, Complementary = 0x20, Orthogonal = 0x40, Band2 = 0x80, Band5 = 0x100;
    private const uint Dynamic = 0x400, FrequencyShift = 0x800, Half = 0x4000, Quarter = 0x8000, Wide20 = 0x10000, Wide40Up = 0x20000,
        Wide40Down = 0x40000;

    private const int KnowsBandwidth = 0x01, KnowsIndex = 0x02, KnowsGuard = 0x04, KnowsFormat = 0x08;
    private const int KnowsCorrection = 0x10, KnowsBlockCode = 0x20;
    private const int BandwidthMask = 0x03, ShortGuard = 0x04, Greenfield = 0x08, ParityCheck = 0x10;

    // IEEE 802.11 section 19.5: a symbol carries so many times half a bit for each of its 52 data subcarriers, or 108 in 40 MHz.
    // The modulations 0 to 7 of one stream, which repeat with two to four streams; then, from 33 on, those whose streams differ.
    private static ReadOnlySpan<byte> Equal => [1, 2, 3, 4, 6, 8, 9, 10];

    private static ReadOnlySpan<byte> Unequal =>
    [
        6, 8, 10, 9, 12, 15, 8, 10, 10, 12, 14, 14, 16, 12, 15, 15, 18, 21, 21, 24, 10, 12,
        14, 12, 14, 16, 18, 16, 18, 20, 20, 22, 15, 18, 21, 18, 21, 24, 27, 24, 27, 30, 30, 33,
    ];

    /// <summary>Prints a channel.</summary>
    public static void PrintChannel(Dissection d, int megahertz, uint flags, bool isHighThroughput)
    {
        d.Print($"{megahertz} MHz");
        string width = (flags & Half) != 0 ? "/10Mhz" : (flags & Quarter) != 0 ? "/5Mhz" : "";
        if (isHighThroughput) d.Print($" 11n");
        else
        {
            if (Has(flags, Band2 | FrequencyShift)) d.Print($" FHSS");
            if (Has(flags, Band5 | Orthogonal)) d.Print($" 11a{width}");
            if (Has(flags, Band2 | Orthogonal) || Has(flags, Band2 | Dynamic)) d.Print($" 11g{width}");
            else if (Has(flags, Band2 | Complementary)) d.Print($" 11b");
            if (Has(flags, Turbo)) d.Print($" Turbo");
        }

        if (Has(flags, Wide20)) d.Print($" ht/20");
        else if (Has(flags, Wide40Down)) d.Print($" ht/40-");
        else if (Has(flags, Wide40Up)) d.Print($" ht/40+");
        d.Print($" ");
    }

    /// <summary>Prints how the frame was modulated (802.11n).</summary>
    public static void PrintModulation(Dissection d, int known, int flags, int index)
    {
        bool isWide = (flags & BandwidthMask) == 1, isShort = (flags & ShortGuard) != 0;
        if ((known & KnowsIndex) != 0)
        {
            const int Enough = KnowsBandwidth | KnowsGuard;
            if ((known & Enough) != 0 && TenthsOf(index, isWide, isShort) is { } rate) d.Print($"{rate / 10}.{rate % 10} Mb/s ");
            d.Print($"MCS {index} ");
        }

        if ((known & KnowsBandwidth) != 0)
            d.Print($"{(flags & BandwidthMask) switch { 0 => "20 MHz ", 1 => "40 MHz ", 2 => "20 MHz (L) ", _ => "20 MHz (U) " }}");
        if ((known & KnowsGuard) != 0) d.Print($"{(isShort ? "short" : "long")} GI ");
        if ((known & KnowsFormat) != 0) d.Print($"{((flags & Greenfield) != 0 ? "greenfield" : "mixed")} ");
        if ((known & KnowsCorrection) != 0) d.Print($"{((flags & ParityCheck) != 0 ? "LDPC" : "BCC")} FEC ");
        if ((known & KnowsBlockCode) != 0 && (flags >> 5 & 3) is > 0 and int streams) d.Print($"RX-STBC{streams} ");
    }

    /// <summary>Prints how the frame was modulated for each of its users (802.11ac).</summary>
    public static void PrintModulations(Dissection d, PacketBytes field)
    {
        const int FlagsAt = 2, BandwidthAt = 3, UsersAt = 4, CodingAt = 8, Users = 4;
        const int KnowsWidth = 0x40, BandwidthBits = 0x1f, StreamsBits = 0x0f;
        int known = field.LittleU16(0), coding = field.U8(CodingAt);
        for (int user = 0; user < Users; user++)
        {
            int modulation = field.U8(UsersAt + user);
            if ((modulation & StreamsBits) == 0) continue;
            d.Print($"User {user} MCS {modulation >> 4} {((coding & 1 << user) != 0 ? "LDPC" : "BCC")} FEC ");
        }

        if ((known & KnowsWidth) != 0) d.Print($"{WidthName(field.U8(BandwidthAt) & BandwidthBits)} ");
        if ((known & KnowsGuard) != 0) d.Print($"{((field.U8(FlagsAt) & ShortGuard) != 0 ? "short" : "long")} GI ");
    }

    // A symbol takes 4 µs with a long guard interval, 3.6 µs with a short one. In tenths of a megabit a second.
    private static int? TenthsOf(int index, bool isWide, bool isShort)
    {
        const int Duplicate = 32, FirstUnequal = 33, HalvesIn20 = 26, HalvesIn40 = 54, BitsOfDuplicate = 24;
        int bits = (isWide ? HalvesIn40 : HalvesIn20) * index switch
        {
            < Duplicate => Equal[index & 7] * ((index >> 3) + 1),
            >= FirstUnequal when index - FirstUnequal < Unequal.Length => Unequal[index - FirstUnequal],
            _ => 0,
        };
        if (index == Duplicate && isWide) bits = BitsOfDuplicate;
        if (bits == 0) return null;
        return isShort ? (bits * 100 + 18) / 36 : bits * 10 / 4;
    }

    // The channel and, in brackets, which part of it: upper or lower half, quarter, eighth. One is named twice, as in tcpdump.
    private static string WidthName(int number) => number switch
    {
        0 => "20 MHz",
        1 => "40 MHz",
        2 => "20 MHz (L)",
        3 => "20 MHz (U)",
        4 => "80 MHz",
        5 => "80 MHz (L)",
        6 => "80 MHz (U)",
        7 => "80 MHz (LL)",
        8 => "80 MHz (LU)",
        9 => "80 MHz (UL)",
        10 => "80 MHz (UU)",
        11 => "160 MHz",
        12 => "160 MHz (L)",
        13 => "160 MHz (U)",
        14 => "160 MHz (LL)",
        15 => "160 MHz (LU)",
        16 => "160 MHz (UL)",
        17 => "160 MHz (UU)",
        18 => "160 MHz (LLL)",
        19 => "160 MHz (LLU)",
        20 => "160 MHz (LUL)",
        22 => "160 MHz (ULL)",
        23 => "160 MHz (ULU)",
        24 => "160 MHz (UUL)",
        21 or 25 => "160 MHz (UUU)",
        _ => $"unknown ({number})",
    };

    private static bool Has(uint flags, uint all) => (flags & all) == all;
}
