namespace Trama.Dump.Link.Ppp;

/// <summary>Prints how the ends of a PPP link authenticate: CHAP (RFC 1994) and PAP (RFC 1334).</summary>
internal static class PppAuthenticationPrinter
{
    private const int HeaderLength = 4;

    public static void PrintChallenge(Dissection d, PacketBytes bytes, int length)
    {
        if (!HasHeader(d, "chap", bytes, length)) return;
        int code = bytes.U8(0);
        string name = code switch { 1 => "Challenge", 2 => "Response", 3 => "Success", 4 => "Fail", _ => "unknown" };
        d.Print($"CHAP, {name} (0x{code:x2}), id {bytes.U8(1)}");
        int end = bytes.U16(2);
        int at = HeaderLength;
        if (code is 1 or 2)
        {
            if (length <= at) return;
            int valueLength = bytes.U8(at++);
            if (length - at < valueLength) return;
            d.Print($", Value ");
            d.Print($"{bytes.Fetch(at, valueLength):x}");
            at += valueLength;
            d.Print($", Name ");
            PrintText(d, bytes, at, end - at);
        }
        else if (code is 3 or 4)
        {
            d.Print($", Msg ");
            PrintText(d, bytes, at, end - at);
        }
    }

    public static void PrintPassword(Dissection d, PacketBytes bytes, int length)
    {
        if (!HasHeader(d, "pap", bytes, length)) return;
        int code = bytes.U8(0);
        string name = code switch { 1 => "Auth-Req", 2 => "Auth-ACK", 3 => "Auth-NACK", _ => "unknown" };
        d.Print($"PAP, {name} (0x{code:x2}), id {bytes.U8(1)}");
        int end = bytes.U16(2);
        if (end > length)
        {
            d.Print($", length {end} > packet size");
            return;
        }

        if (end < HeaderLength)
        {
            d.Print($", length {end} < PAP header length");
            return;
        }

        int at = HeaderLength;
        if (code is < 1 or > 3) return;
        if (end < (code == 1 ? 6 : 5)) d.Print($"[|pap]");
        else if (code != 1) _ = TryPrintCounted(d, ", Msg ", bytes, ref at, end);
        else if (TryPrintCounted(d, ", Peer ", bytes, ref at, end)) _ = TryPrintCounted(d, ", Name ", bytes, ref at, end);
    }

    private static bool HasHeader(Dissection d, string protocol, PacketBytes bytes, int length)
    {
        if (length >= HeaderLength) return true;
        if (length < 1) d.Print($"[|{protocol}]");
        else d.Print($"[|{protocol} 0x{bytes.U8(0):x2}]");
        return false;
    }

    private static bool TryPrintCounted(Dissection d, string title, PacketBytes bytes, ref int at, int end)
    {
        if (end <= at) return false;
        int count = bytes.U8(at++);
        if (end - at < count) return false;
        d.Print($"{title}");
        PrintText(d, bytes, at, count);
        at += count;
        return true;
    }

    private static void PrintText(Dissection d, PacketBytes bytes, int at, int count)
    {
        for (int i = 0; i < count && !d.IsCut; i++) d.Print($"{bytes.Fetch(at + i, 1):s}");
    }
}
