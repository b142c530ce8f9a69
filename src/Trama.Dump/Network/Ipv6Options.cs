namespace Trama.Dump.Network;

/// <summary>Prints the options headers of IPv6, RFC 8200 sections 4.2, 4.3 and 4.6.</summary>
internal static class Ipv6Options
{
    private const int Pad1 = 0;
    private const int PadN = 1;
    private const int RouterAlert = 5;
    private const int Jumbo = 0xc2;
    private const int HomeAddress = 0xc9;

    /// <summary>Prints a hop-by-hop options header; a jumbo option in it gives the payload's length.</summary>
    /// <returns>The header's length, or -1 when it was not captured whole.</returns>
    public static int PrintHopByHop(Dissection d, PacketBytes bytes, ref bool isJumbo, ref int payloadLength)
    {
        d.Protocol = "hbhopt";
        int length = HeaderLength(d, bytes);
        if (length < 0) return -1;
        d.Output.Append("HBH "u8);
        PrintList(d, bytes.From(2), length - 2, isHopByHop: true, ref isJumbo, ref payloadLength);
        return length;
    }

    /// <summary>Prints a destination options header.</summary>
    /// <returns>The header's length, or -1 when it was not captured whole.</returns>
    public static int PrintDestination(Dissection d, PacketBytes bytes)
    {
        d.Protocol = "dstopt";
        int length = HeaderLength(d, bytes);
        if (length < 0) return -1;
        d.Output.Append("DSTOPT "u8);
        bool isJumbo = false;
        int payloadLength = 0;
        if (d.Verbosity > 0) PrintList(d, bytes.From(2), length - 2, isHopByHop: false, ref isJumbo, ref payloadLength);
        return length;
    }

    private static int HeaderLength(Dissection d, PacketBytes bytes)
    {
        int length = (bytes.U8(1) + 1) << 3;
        if (bytes.Has(length)) return length;
        d.Truncated();
        return -1;
    }

    private static void PrintList(Dissection d, PacketBytes bytes, int length, bool isHopByHop, ref bool isJumbo, ref int payloadLength)
    {
        LineWriter output = d.Output;
        bool shows = d.Verbosity > 0;
        for (int at = 0, optionLength; at < length && !d.IsCut; at += optionLength)
        {
            int type = bytes.U8(at);
            int left = length - at;
            if (type != Pad1 && left < 2)
            {
                output.Append("[trunc] "u8);
                return;
            }

            optionLength = type == Pad1 ? 1 : bytes.U8(at + 1) + 2;
            if (optionLength > left)
            {
                output.Append("[trunc] "u8);
                return;
            }

            switch (type)
            {
                case Pad1:
                    if (shows) output.Append("(pad1)"u8);
                    break;
                case PadN:
                    if (shows) output.Append("(padn)"u8);
                    break;
                case RouterAlert:
                    if (!HasLength(d, "rtalert", optionLength, 4, left)) return;
                    if (shows) output.Append($"(rtalert: 0x{bytes.U16(at + 2):x4}) ");
                    break;
                case Jumbo:
                    if (!HasLength(d, "jumbo", optionLength, 6, left)) return;
                    PrintJumbo(d, bytes.U32(at + 2), isHopByHop, ref isJumbo, ref payloadLength);
                    break;
                case HomeAddress:
                    if (!HasLength(d, "homeaddr", optionLength, 18, left, orMore: true)) return;
                    if (!shows) break;
                    output.Append("(homeaddr: "u8);
                    d.Addresses.AppendIpv6(bytes, at + 2);
                    if (optionLength > 18) PrintSuboptions(d, bytes.From(at + 18), optionLength - 18);
                    output.Append((byte)')');
                    break;
                default:
                    if (shows) output.Append($"(opt_type 0x{type:x2}: len={optionLength - 2})");
                    break;
            }
        }

        if (shows) output.Append((byte)' ');
    }

    private static bool HasLength(Dissection d, string name, int optionLength, int expected, int left, bool orMore = false)
    {
        if (left < expected) d.Output.Append($"({name}: trunc)");
        else if (optionLength < expected || (optionLength != expected && !orMore)) d.Output.Append($"({name}: invalid len {optionLength - 2})");
        else return true;
        d.Output.Append("[trunc] "u8);
        return false;
    }

    /// <summary>RFC 2675: only in a hop-by-hop header, only once, and only where the length field is zero.</summary>
    private static void PrintJumbo(Dissection d, uint length, bool isHopByHop, ref bool isJumbo, ref int payloadLength)
    {
        LineWriter output = d.Output;
        bool shows = d.Verbosity > 0;
        if (shows) output.Append($"(jumbo: {length}) ");
        if (!isHopByHop) return;
        if (payloadLength != 0)
        {
            output.Append("[payload length is not 0]"u8);
            return;
        }

        if (length < 65536)
        {
            output.Append($"[jumbo payload length {length} < 65536]");
            d.Invalid();
            return;
        }

        isJumbo = true;
        payloadLength = (int)Math.Min(length, int.MaxValue);
    }

    private static void PrintSuboptions(Dissection d, PacketBytes bytes, int length)
    {
        LineWriter output = d.Output;
        for (int at = 0, optionLength; at < length && !d.IsCut; at += optionLength)
        {
            int type = bytes.U8(at);
            if (type != Pad1 && at + 1 >= length)
            {
                output.Append("[trunc] "u8);
                return;
            }

            optionLength = type == Pad1 ? 1 : bytes.U8(at + 1) + 2;
            if (at + optionLength > length)
            {
                output.Append("[trunc] "u8);
                return;
            }

            if (type == Pad1) output.Append(", pad1"u8);
            else if (type == PadN) output.Append(", padn"u8);
            else output.Append($", sopt_type 0x{type:x2}: len={optionLength - 2}");
        }
    }
}
