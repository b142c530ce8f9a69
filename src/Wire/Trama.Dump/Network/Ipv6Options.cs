namespace Trama.Dump.Network;

/// <summary>Prints the options headers of IPv6, RFC 8200 sections 4.2, 4.3 and 4.6.</summary>
internal static class Ipv6Options
{
    /// <summary>What is known of a packet that may be longer than its length field can say.</summary>
    /// <param name="PayloadLength">The length field, or what a valid jumbo option says instead.</param>
    /// <param name="IsValid">Whether a valid jumbo option was seen.</param>
    /// <param name="Seen">Whether any was seen.</param>
    internal readonly record struct JumboState(uint PayloadLength, bool IsValid, bool Seen);

    private const int Pad1 = 0;
    private const int PadN = 1;
    private const int RouterAlert = 5;
    private const int Jumbo = 0xc2;
    private const int HomeAddress = 0xc9;

    /// <summary>Prints a hop-by-hop options header; a jumbo option in it gives the payload's length.</summary>
    /// <returns>The header's length, or -1 when it was not captured whole or an option contradicts it.</returns>
    public static int PrintHopByHop(Dissection d, PacketBytes bytes, ref JumboState jumbo)
    {
        d.Protocol = "hbhopt";
        int length = HeaderLength(d, bytes);
        if (length < 0) return -1;
        d.Output.Append("HBH "u8);
        return Finish(d, PrintList(d, bytes.From(2), length - 2, isHopByHop: true, ref jumbo), length);
    }

    /// <summary>Prints a destination options header.</summary>
    /// <returns>The header's length, or -1 when it was not captured whole or an option contradicts it.</returns>
    public static int PrintDestination(Dissection d, PacketBytes bytes)
    {
        d.Protocol = "dstopt";
        int length = HeaderLength(d, bytes);
        if (length < 0) return -1;
        d.Output.Append("DSTOPT "u8);
        var jumbo = new JumboState();
        return Finish(d, d.Verbosity == 0 || PrintList(d, bytes.From(2), length - 2, isHopByHop: false, ref jumbo), length);
    }

    private static int Finish(Dissection d, bool isWhole, int length)
    {
        if (isWhole) return length;
        d.Truncated();
        return -1;
    }

    private static int HeaderLength(Dissection d, PacketBytes bytes)
    {
        int length = (bytes.U8(1) + 1) << 3;
        if (bytes.Has(length)) return length;
        d.Truncated();
        return -1;
    }

    private static bool PrintList(Dissection d, PacketBytes bytes, int length, bool isHopByHop, ref JumboState jumbo)
    {
        LineWriter output = d.Output;
        bool shows = d.Verbosity > 0;
        for (int at = 0, optionLength; at < length && !d.IsCut; at += optionLength)
        {
            int type = bytes.U8(at);
            int left = length - at;
            if (type != Pad1 && left < 2) return false;

            optionLength = type == Pad1 ? 1 : bytes.U8(at + 1) + 2;
            if (optionLength > left) return false;

            switch (type)
            {
                case Pad1:
                    if (shows) output.Append("(pad1)"u8);
                    break;
                case PadN:
                    if (shows) output.Append("(padn)"u8);
                    break;
                case RouterAlert:
                    if (!HasLength(d, "rtalert", optionLength, 4, left)) return false;
                    if (shows) output.Append($"(rtalert: 0x{bytes.U16(at + 2):x4}) ");
                    break;
                case Jumbo:
                    if (!HasLength(d, "jumbo", optionLength, 6, left)) return false;
                    PrintJumbo(d, bytes.U32(at + 2), isHopByHop, ref jumbo);
                    break;
                case HomeAddress:
                    if (!HasLength(d, "homeaddr", optionLength, 18, left, orMore: true)) return false;
                    if (!shows) break;
                    output.Append("(homeaddr: "u8);
                    d.Addresses.AppendIpv6(bytes, at + 2);
                    if (optionLength > 18 && !PrintSuboptions(d, bytes.From(at + 18), optionLength - 18)) return false;
                    output.Append((byte)')');
                    break;
                default:
                    if (shows) output.Append($"(opt_type 0x{type:x2}: len={optionLength - 2})");
                    break;
            }
        }

        if (shows) output.Append((byte)' ');
        return true;
    }

    private static bool HasLength(Dissection d, string name, int optionLength, int expected, int left, bool orMore = false)
    {
        bool isTooShort = left < expected;
        if (!isTooShort && (optionLength == expected || (optionLength > expected && orMore))) return true;
        if (isTooShort) d.Output.Append($"({name}: trunc)");
        else d.Output.Append($"({name}: invalid len {optionLength - 2})");
        return false;
    }

    /// <summary>RFC 2675: only in a hop-by-hop header, only once, and only where the length field is zero.</summary>
    private static void PrintJumbo(Dissection d, uint length, bool isHopByHop, ref JumboState jumbo)
    {
        string? complaint = null;
        if (jumbo.Seen) complaint = "already seen";
        else if (!isHopByHop) complaint = "not a hop-by-hop option";
        else if (jumbo.PayloadLength != 0) complaint = "payload len != 0";
        else if (length < 65536) complaint = "< 65536";
        else jumbo = jumbo with { IsValid = true, PayloadLength = length };
        jumbo = jumbo with { Seen = true };
        if (d.Verbosity == 0) return;
        d.Output.Append($"(jumbo: {length}");
        if (complaint is not null) d.Output.Append($" - {complaint}");
        d.Output.Append(") "u8);
    }

    private static bool PrintSuboptions(Dissection d, PacketBytes bytes, int length)
    {
        LineWriter output = d.Output;
        for (int at = 0, optionLength; at < length && !d.IsCut; at += optionLength)
        {
            int type = bytes.U8(at);
            if (type != Pad1 && at + 1 >= length) return false;

            optionLength = type == Pad1 ? 1 : bytes.U8(at + 1) + 2;
            if (at + optionLength > length) return false;

            if (type == Pad1) output.Append(", pad1"u8);
            else if (type == PadN) output.Append(", padn"u8);
            else output.Append($", sopt_type 0x{type:x2}: len={optionLength - 2}");
        }

        return true;
    }
}
