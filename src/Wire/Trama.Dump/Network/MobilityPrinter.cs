using Trama.Dump.Text;

namespace Trama.Dump.Network;

/// <summary>Prints the mobility header of IPv6 (RFC 6275 section 6.1).</summary>
internal static class MobilityPrinter
{
    private const int MinimumLength = 8, TypeAt = 2, DataAt = 6;

    private static readonly (uint Bits, string Name)[] UpdateFlags = [(8, "A"), (4, "H"), (2, "L"), (1, "K")];

    /// <summary>Prints a packet.</summary>
    public static void Print(Dissection d, PacketBytes bytes)
    {
        d.Protocol = "mobility";
        if (!bytes.Has(2))
        {
            d.Truncated();
            return;
        }

        int length = (bytes.U8(1) + 1) << 3;
        int type = bytes.U8(TypeAt);
        int fixedLength = MinimumLength + type switch { 1 or 2 => 8, 3 or 4 or 7 => 16, 5 or 6 => 4, _ => 0 };
        if (type <= 7 && length < fixedLength)
        {
            d.Print($"(header length {length} is too small for type {type})");
            d.Truncated();
            return;
        }

        d.Print($"mobility: {TypeName(type)}");
        if (type > 7)
        {
            d.Print($" len={bytes.U8(1)}");
            return;
        }

        if (!PrintFields(d, type, bytes)) return;
        if (d.Verbosity > 0 && !PrintOptions(d, bytes.From(fixedLength), length - fixedLength)) d.Truncated();
    }

    private static bool PrintFields(Dissection d, int type, PacketBytes bytes)
    {
        bool verbose = d.Verbosity > 0;
        string role = type is 1 or 3 ? "Home" : "Care-of";
        switch (type)
        {
            case 1 or 2 when verbose:
                d.Print($" {role} Init Cookie={bytes.U32(8):x8}:{bytes.U32(12):x8}");
                break;
            case 3 or 4:
                d.Print($" nonce id=0x{bytes.U16(DataAt):x}");
                if (!verbose) break;
                d.Print($" {role} Init Cookie={bytes.U32(8):x8}:{bytes.U32(12):x8}");
                d.Print($" {role} Keygen Token={bytes.U32(16):x8}:{bytes.U32(20):x8}");
                break;
            case 5:
                d.Print($" seq#={bytes.U16(DataAt)}");
                if (!bytes.Has(10))
                {
                    d.Truncated();
                    return false;
                }

                int flags = bytes.U8(8) >> 4;
                if (flags != 0)
                {
                    d.Print($" ");
                    d.Output.AppendBits(UpdateFlags, (uint)flags, separator: "");
                }

                d.Print($" lifetime={bytes.U16(10) << 2}");
                break;
            case 6:
                d.Print($" status={bytes.U8(DataAt)}");
                if ((bytes.U8(DataAt + 1) & 0x80) != 0) d.Print($" K");
                d.Print($" seq#={bytes.U16(8)}");
                d.Print($" lifetime={bytes.U16(10) << 2}");
                break;
            case 7:
                d.Print($" status={bytes.U8(DataAt)}");
                d.Print($" homeaddr {bytes.Ipv6(8)}");
                break;
        }

        return true;
    }

    private static bool PrintOptions(Dissection d, PacketBytes bytes, int length)
    {
        int at = 0;
        while (at < length && !d.IsCut)
        {
            int type = bytes.U8(at);
            if (type != 0 && at + 1 >= length) return false;
            int optionLength = type == 0 ? 1 : bytes.U8(at + 1) + 2;
            if (at + optionLength > length || !bytes.Has(at + optionLength, 1)) return false;
            if (!PrintOption(d, type, bytes.From(at), length - at)) return false;
            at += optionLength;
        }

        return true;
    }

    private static bool PrintOption(Dissection d, int type, PacketBytes option, int left)
    {
        var (least, name) = type switch { 2 => (4, "refresh"), 3 => (18, "altcoa"), 4 => (6, "ni"), 5 => (12, "auth"), _ => (0, "") };
        if (left < least)
        {
            d.Print($"({name}: trunc)");
            return false;
        }

        switch (type)
        {
            case 0:
                d.Print($"(pad1)");
                break;
            case 1:
                d.Print($"(padn)");
                break;
            case 2:
                d.Print($"(refresh: {option.U16(2) << 2})");
                break;
            case 3:
                d.Print($"(alt-CoA: {option.Ipv6(2)})");
                break;
            case 4:
                d.Print($"(ni: ho=0x{option.U16(2):x4} co=0x{option.U16(4):x4})");
                break;
            case 5:
                d.Print($"(auth)");
                break;
            default:
                d.Print($"(type-0x{type:x2}: len={option.U8(1)})");
                break;
        }

        return true;
    }

    private static string TypeName(int type) => type switch
    {
        0 => "BRR",
        1 => "HoTI",
        2 => "CoTI",
        3 => "HoT",
        4 => "CoT",
        5 => "BU",
        6 => "BA",
        7 => "BE",
        _ => $"type-#{type}",
    };
}
