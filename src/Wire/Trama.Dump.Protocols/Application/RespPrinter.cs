using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Application;

/// <summary>Prints RESP, the protocol of Redis: each value of each command or reply, in quotes.</summary>
internal static class RespPrinter
{
    /// <summary>What stands where a value's length should be and is none.</summary>
    private const long Null = -1, Missing = -2, TooLarge = -3, Negative = -4, Malformed = -5;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "resp";
        d.Print($": RESP");
        int at = 0;
        while (at < length && !d.IsCut)
        {
            if (PrintValue(d, bytes, ref at, length)) continue;
            d.Truncated();
            return;
        }
    }

    private static bool PrintValue(Dissection d, PacketBytes bytes, ref int at, int end)
    {
        if (at >= end) return false;
        switch (bytes.U8(at))
        {
            case (byte)'+' or (byte)'-' or (byte)':':
                at++;
                return PrintLine(d, bytes, ref at, end);
            case (byte)'$':
                at++;
                return PrintBulkString(d, bytes, ref at, end);
            case (byte)'*':
                at++;
                return PrintArray(d, bytes, ref at, end);
            default:
                return PrintInline(d, bytes, ref at, end);
        }
    }

    private static bool PrintLine(Dissection d, PacketBytes bytes, ref int at, int end)
    {
        int lineEnd = FindLineEnd(bytes, at, end);
        if (lineEnd < 0 || !PrintQuoted(d, bytes, at, lineEnd - at)) return false;
        at = lineEnd + 2;
        return true;
    }

    private static bool PrintBulkString(Dissection d, PacketBytes bytes, ref int at, int end)
    {
        long length = ReadLength(bytes, ref at, end);
        if (length <= 0) return length == 0 ? PrintEmpty(d, bytes, ref at, end) : PrintOddLength(d, length);
        if (length > end - at || !bytes.Has(at, (int)length)) return false;
        if (!PrintQuoted(d, bytes, at, (int)length)) return false;
        at += (int)length;
        return SkipLineEnd(bytes, ref at, end);
    }

    private static bool PrintEmpty(Dissection d, PacketBytes bytes, ref int at, int end)
    {
        d.Print($" empty");
        return SkipLineEnd(bytes, ref at, end);
    }

    private static bool PrintArray(Dissection d, PacketBytes bytes, ref int at, int end)
    {
        long count = ReadLength(bytes, ref at, end);
        if (count == 0) d.Print($" empty");
        if (count < 0) return PrintOddLength(d, count);
        if (!d.TryEnter()) return false;
        bool whole = true;
        for (long i = 0; i < count && whole && !d.IsCut; i++) whole = PrintValue(d, bytes, ref at, end);
        d.Leave();
        return whole;
    }

    /// <summary>Prints a command as a person types it: a line, after any number of empty ones.</summary>
    private static bool PrintInline(Dissection d, PacketBytes bytes, ref int at, int end)
    {
        if (!SkipLineFeeds(bytes, ref at, end)) return false;
        int start = at;
        while (at < end && bytes.Has(at + 1) && bytes.Captured[at] is not ((byte)'\r' or (byte)'\n')) at++;
        if (at >= end || !bytes.Has(at + 1)) return false;
        return PrintQuoted(d, bytes, start, at - start) && SkipLineFeeds(bytes, ref at, end);
    }

    /// <summary>Skips line feeds and carriage returns; false when the bytes end before anything was skipped or came.</summary>
    private static bool SkipLineFeeds(PacketBytes bytes, ref int at, int end)
    {
        int start = at;
        while (at < end && bytes.Has(at + 1) && bytes.Captured[at] is (byte)'\r' or (byte)'\n') at++;
        return at > start || (at < end && bytes.Has(at + 1));
    }

    private static bool PrintQuoted(Dissection d, PacketBytes bytes, int at, int length)
    {
        d.Print($" \"");
        if (!d.Output.AppendCounted(bytes, at, length)) return false;
        d.Print($"\"");
        return true;
    }

    private static bool PrintOddLength(Dissection d, long length)
    {
        switch (length)
        {
            case Missing:
                return false;
            case Null:
                d.Print($" null");
                break;
            case TooLarge:
                d.Print($" length too large");
                break;
            case Negative:
                d.Print($" length negative and not -1");
                break;
            default:
                d.Print($" invalid");
                break;
        }

        return true;
    }

    private static int FindLineEnd(PacketBytes bytes, int at, int end)
    {
        int found = bytes.From(at).First(end - at).Captured.IndexOf("\r\n"u8);
        return found < 0 ? -1 : at + found;
    }

    private static bool SkipLineEnd(PacketBytes bytes, ref int at, int end)
    {
        int lineEnd = FindLineEnd(bytes, at, end);
        if (lineEnd < 0) return false;
        at = lineEnd + 2;
        return true;
    }

    private static long ReadLength(PacketBytes bytes, ref int at, int end)
    {
        if (at >= end) return Missing;
        bool negative = bytes.U8(at) == '-';
        if (negative) at++;
        long value = 0;
        int digits = 0;
        for (; at < end && bytes.U8(at) is >= (byte)'0' and <= (byte)'9' and var digit; at++, digits++)
        {
            value = Math.Min(value * 10 + digit - '0', int.MaxValue + 1L);
        }

        if (at >= end) return Missing;
        if (digits == 0 || bytes.U8(at) != '\r')
        {
            at++;
            return Malformed;
        }

        at++;
        if (at >= end) return Missing;
        if (bytes.U8(at++) != '\n') return Malformed;
        if (negative) return value == 1 ? Null : Negative;
        return value > int.MaxValue ? TooLarge : value;
    }
}
