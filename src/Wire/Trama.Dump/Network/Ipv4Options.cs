namespace Trama.Dump.Network;

/// <summary>Prints the options of IPv4, RFC 791 section 3.1.</summary>
internal static class Ipv4Options
{
    private const int EndOfList = 0;
    private const int NoOperation = 1;
    private const int RecordRoute = 7;
    private const int Timestamp = 68;
    private const int LooseSourceRoute = 131;
    private const int StrictSourceRoute = 137;
    private const int RouterAlert = 148;

    /// <summary>Prints the options.</summary>
    /// <returns>False when they were not captured to their end.</returns>
    public static bool Print(Dissection d, PacketBytes bytes, int length)
    {
        for (int at = 0, optionLength; at < length && !d.IsCut; at += optionLength)
        {
            if (at > 0) d.Output.Append((byte)',');
            int code = bytes.U8(at);
            if (Name(code) is { } name) d.Output.Append(name);
            else d.Output.Append($"unknown {code}");
            optionLength = code is NoOperation or EndOfList ? 1 : bytes.U8(at + 1);
            if (optionLength > length - at || (optionLength < 2 && code is not (NoOperation or EndOfList)))
            {
                d.Output.Append($" [bad length {optionLength}]");
                return true;
            }

            if (!bytes.Has(at, optionLength)) return false;
            PacketBytes option = bytes.From(at);
            switch (code)
            {
                case EndOfList:
                    return true;
                case Timestamp:
                    if (!PrintTimestamps(d, option, optionLength)) return false;
                    break;
                case RecordRoute or LooseSourceRoute or StrictSourceRoute:
                    if (!PrintRoute(d, option, optionLength)) return false;
                    break;
                case RouterAlert when optionLength < 4:
                    d.Output.Append($" [bad length {optionLength}]");
                    break;
                case RouterAlert:
                    if (option.U16(2) is > 0 and ushort value) d.Output.Append($" value {value}");
                    break;
            }
        }

        return true;
    }

    /// <summary>The last address of a source route among a packet's options, else its destination.</summary>
    public static ReadOnlySpan<byte> FinalDestination(PacketBytes packet)
    {
        ReadOnlySpan<byte> bytes = packet.Captured;
        ReadOnlySpan<byte> destination = packet.Fetch(16, 4);
        if (destination.IsEmpty) return destination;
        int end = Math.Min((bytes[0] & 0x0f) << 2, bytes.Length);
        for (int at = 20; at + 1 < end;)
        {
            int code = bytes[at];
            if (code == EndOfList) break;
            int length = code == NoOperation ? 1 : bytes[at + 1];
            if (length == 0 || (length < 2 && code != NoOperation) || length > end - at) break;
            if (code is LooseSourceRoute or StrictSourceRoute && length >= 7) return bytes.Slice(at + length - 4, 4);
            at += length;
        }

        return destination;
    }

    private static string? Name(int code) => code switch
    {
        EndOfList => "EOL",
        NoOperation => "NOP",
        Timestamp => "timestamp",
        130 => "security",
        RecordRoute => "RR",
        StrictSourceRoute => "SSRR",
        LooseSourceRoute => "LSRR",
        RouterAlert => "RA",
        82 => "traceroute",
        _ => null,
    };

    /// <summary>An address that the option's length cuts is read from what follows it, as far as that was captured.</summary>
    private static bool PrintRoute(Dissection d, PacketBytes option, int length)
    {
        if (length < 3)
        {
            d.Output.Append($" [bad length {length}]");
            return true;
        }

        if (((length + 1) & 3) != 0) d.Output.Append($" [bad length {length}]");
        uint pointer = (uint)(option.U8(2) - 1);
        if (pointer < 3 || ((pointer + 1) & 3) != 0 || pointer > length + 1) d.Output.Append($" [bad ptr {option.U8(2)}]");
        for (int at = 3; at < length; at += 4)
        {
            if (!option.Has(at, 4)) return false;
            d.Output.Append((byte)' ');
            d.Addresses.AppendIpv4(option, at);
            if (pointer > at) d.Output.Append((byte)',');
        }

        return true;
    }

    private static bool PrintTimestamps(Dissection d, PacketBytes option, int length)
    {
        if (length < 4)
        {
            d.Output.Append($"[bad length {length}]");
            return true;
        }

        d.Output.Append(" TS{"u8);
        int kind = option.U8(3) & 0x0f;
        int hopLength = kind != 0 ? 8 : 4;
        if (((length - 4) & (hopLength - 1)) != 0) d.Output.Append($"[bad length {length}]");
        uint pointer = (uint)(option.U8(2) - 1);
        if (pointer < 4 || ((pointer - 4) & (hopLength - 1)) != 0 || pointer > length + 1) d.Output.Append($"[bad ptr {option.U8(2)}]");
        int at = 0;
        if (kind is 0 or 1 or 3)
        {
            d.Output.Append(kind switch { 0 => "TSONLY"u8, 1 => "TS+ADDR"u8, _ => "PRESPEC"u8 });
            for (at = 4; at < length; at += hopLength)
            {
                d.Output.Append(pointer == at ? " ^ "u8 : " "u8);
                if (!option.Has(at, hopLength)) return false;
                d.Output.Append($"{option.U32(at + hopLength - 4)}@");
                if (hopLength == 8) d.Addresses.AppendIpv4(option, at);
            }
        }
        else d.Output.Append($"[bad ts type {kind}]");

        if (pointer == at) d.Output.Append(" ^ "u8);
        if (option.U8(3) >> 4 is > 0 and int missed) d.Output.Append($" [{missed} hops not recorded]}} ");
        else d.Output.Append((byte)'}');
        return true;
    }
}
