namespace Trama.Dump.Transport;

/// <summary>Prints the options of TCP, RFC 9293 section 3.1 and the RFCs named at each.</summary>
internal static class TcpOptionsPrinter
{
    private const int EndOfList = 0;
    private const int NoOperation = 1;

    /// <summary>Prints the list.</summary>
    /// <param name="d">The packet in progress.</param>
    /// <param name="bytes">The captured bytes of the segment from the options on.</param>
    /// <param name="left">The options' length as the data offset claims it.</param>
    /// <param name="context">What else of the segment options depend on.</param>
    /// <returns>False when the line ends in a bad option or where the capture ended.</returns>
    public static bool Print(Dissection d, PacketBytes bytes, int left, TcpOptionContext context)
    {
        LineWriter output = d.Output;
        output.Append(", options ["u8);
        for (bool first = true; left > 0; first = false)
        {
            if (!first) output.Append((byte)',');
            int kind = bytes.U8(0);
            int length = 1;
            if (kind is not (EndOfList or NoOperation))
            {
                length = bytes.U8(1);
                if (d.IsCut) return false;
                if (length < 2 || length > left)
                {
                    AppendBad(output, first);
                    return false;
                }
            }

            if (d.IsCut) return false;
            if (Name(kind) is { } name) output.Append(name);
            else output.Append($"unknown-{kind}");

            int headLength = Math.Min(length, 2);
            var option = new TcpOption(d, bytes.From(headLength), length - headLength, left - headLength);
            switch (PrintValue(d, kind, ref option, context))
            {
                case TcpOptionEnd.Bad:
                    AppendBad(output, first);
                    return false;
                case TcpOptionEnd.Truncated:
                    d.Truncated();
                    if (!first) output.Append((byte)'>');
                    return false;
            }

            if (option.Used != length - headLength) output.Append($"[len {length}]");
            left -= headLength + option.Used;
            bytes = bytes.From(headLength + option.Used);
            if (kind == EndOfList) break;
        }

        output.Append((byte)']');
        return true;
    }

    private static string? Name(int kind) => kind switch
    {
        EndOfList => "eol",
        NoOperation => "nop",
        2 => "mss",
        3 => "wscale",
        4 => "sackOK",
        5 => "sack",
        6 => "echo",
        7 => "echoreply",
        8 => "TS",
        11 => "cc",
        12 => "ccnew",
        13 => "",
        19 => "md5",
        20 => "scps",
        28 => "uto",
        29 => "tcp-ao",
        30 => "mptcp",
        34 => "tfo",
        254 => "exp",
        _ => null,
    };

    private static TcpOptionEnd PrintValue(Dissection d, int kind, ref TcpOption option, TcpOptionContext context)
    {
        LineWriter output = d.Output;
        TcpOptionEnd end;
        switch (kind)
        {
            case EndOfList or NoOperation or 4:
                return TcpOptionEnd.Fine;
            case 2:
                if ((end = option.Take(2)) == TcpOptionEnd.Fine) output.Append($" {option.Bytes.U16(0)}");
                return end;
            case 3:
                if ((end = option.Take(1)) == TcpOptionEnd.Fine) output.Append($" {option.Bytes.U8(0)}");
                return end;
            case 5:
                return PrintSelectiveAcknowledgements(output, ref option, context.SelectiveOrigin);
            case 6 or 7 or 11 or 12 or 13:
                if ((end = option.Take(4)) == TcpOptionEnd.Fine) output.Append($" {option.Bytes.U32(0)}");
                return end;
            case 8:
                if ((end = option.Take(8)) == TcpOptionEnd.Fine) output.Append($" val {option.Bytes.U32(0)} ecr {option.Bytes.U32(4)}");
                return end;
            case 19:
                if ((end = option.Take(16)) != TcpOptionEnd.Fine) return end;
                output.Append(context.IsWhole ? " shared secret not supplied with -M, "u8 : " snaplen too short, "u8);
                output.Append("can't check - "u8);
                output.AppendHex(option.Bytes.Captured[..16]);
                return end;
            case 20:
                if ((end = option.Take(2)) == TcpOptionEnd.Fine) output.Append($" cap {option.Bytes.U8(0):x2} id {option.Bytes.U8(1)}");
                return end;
            case 28:
                if ((end = option.Take(2)) == TcpOptionEnd.Fine) PrintUserTimeout(output, option.Bytes.U16(0));
                return end;
            case 29:
                return PrintAuthentication(d, ref option);
            case 30:
                if ((end = option.TakeAll()) != TcpOptionEnd.Fine) return end;
                return MptcpPrinter.Print(d, option.Bytes.First(option.Length), option.Length, context.Flags)
                    ? TcpOptionEnd.Fine : TcpOptionEnd.Bad;
            case 34:
                if ((end = option.TakeAll()) != TcpOptionEnd.Fine) return end;
                output.Append((byte)' ');
                PrintFastOpen(d, option.Bytes, option.Length, isExperimental: false);
                return end;
            case 254:
                if ((end = option.TakeAll()) != TcpOptionEnd.Fine) return end;
                return PrintExperimental(d, option.Bytes, option.Length);
            default:
                return PrintUnknown(output, ref option);
        }
    }

    /// <summary>RFC 2018.</summary>
    private static TcpOptionEnd PrintSelectiveAcknowledgements(LineWriter output, ref TcpOption option, uint origin)
    {
        option.Used = option.Length;
        if (option.Length % 8 != 0)
        {
            output.Append(" invalid sack"u8);
            return TcpOptionEnd.Fine;
        }

        output.Append($" {option.Length / 8} ");
        for (int at = 0; at < option.Length; at += 8)
        {
            if (option.Check(at + 8) is not TcpOptionEnd.Fine and var end) return end;
            output.Append($"{{{option.Bytes.U32(at) - origin}:{option.Bytes.U32(at + 4) - origin}}}");
        }

        return TcpOptionEnd.Fine;
    }

    /// <summary>RFC 5482: one bit says minutes or seconds.</summary>
    private static void PrintUserTimeout(LineWriter output, int value)
    {
        int seconds = (value & 1) != 0 ? (value >> 1) * 60 : value >> 1;
        output.Append($" 0x{value:x} {seconds}");
    }

    /// <summary>RFC 5925.</summary>
    private static TcpOptionEnd PrintAuthentication(Dissection d, ref TcpOption option)
    {
        LineWriter output = d.Output;
        option.Used = option.Length;
        if (option.Length < 2)
        {
            d.Invalid();
            return TcpOptionEnd.Fine;
        }

        if (option.Check(1) is not TcpOptionEnd.Fine and var noKey) return noKey;
        output.Append($" keyid {option.Bytes.U8(0)}");
        if (option.Check(2) is not TcpOptionEnd.Fine and var noNextKey) return noNextKey;
        output.Append($" rnextkeyid {option.Bytes.U8(1)}");
        if (option.Length == 2) return TcpOptionEnd.Fine;
        output.Append(" mac 0x"u8);
        for (int at = 2; at < option.Length; at++)
        {
            if (option.Check(at + 1) is not TcpOptionEnd.Fine and var end) return end;
            output.AppendHex(option.Bytes.U8(at), 2);
        }

        return TcpOptionEnd.Fine;
    }

    /// <summary>RFC 6994: the first two bytes tell the experiment.</summary>
    private static TcpOptionEnd PrintExperimental(Dissection d, PacketBytes bytes, int length)
    {
        const int FastOpen = 0xf989;
        if (length < 2) return TcpOptionEnd.Bad;
        int experiment = bytes.U16(0);
        d.Output.Append((byte)'-');
        if (experiment == FastOpen) PrintFastOpen(d, bytes.From(2), length - 2, isExperimental: true);
        else d.Output.Append($"{experiment:x4}");
        return TcpOptionEnd.Fine;
    }

    /// <summary>RFC 7413 section 4.1.1: no cookie asks for one.</summary>
    private static void PrintFastOpen(Dissection d, PacketBytes bytes, int length, bool isExperimental)
    {
        LineWriter output = d.Output;
        if (isExperimental) output.Append("tfo"u8);
        if (length == 0)
        {
            output.Append(" cookiereq"u8);
            return;
        }

        if (length % 2 != 0 || length is < 4 or > 16)
        {
            d.Invalid();
            return;
        }

        output.Append(" cookie "u8);
        output.AppendHex(bytes.Fetch(0, length));
    }

    private static TcpOptionEnd PrintUnknown(LineWriter output, ref TcpOption option)
    {
        option.Used = option.Length;
        if (option.Length > 0) output.Append(" 0x"u8);
        for (int at = 0; at < option.Length; at++)
        {
            if (option.Check(at + 1) is not TcpOptionEnd.Fine and var end) return end;
            output.AppendHex(option.Bytes.U8(at), 2);
        }

        return TcpOptionEnd.Fine;
    }

    private static void AppendBad(LineWriter output, bool first)
    {
        output.Append("[bad opt]"u8);
        if (!first) output.Append((byte)']');
    }
}
