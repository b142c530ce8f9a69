using Trama.Packets.Link;

namespace Trama.Dump.Link.Ppp;

/// <summary>Prints PPP over Ethernet (RFC 2516): the tags of discovery, and the frames of a session.</summary>
internal static class PppoePrinter
{
    private const int LongestText = 79, LongestDiscovery = 1484;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "pppoe";
        if (length < PppoeHeader.Length)
        {
            d.Print($" (length {length} < {PppoeHeader.Length})");
            d.Invalid();
            return;
        }

        length -= PppoeHeader.Length;
        if (bytes.Fetch(0, PppoeHeader.Length).IsEmpty) return;
        int version = bytes.U8(PppoeHeader.VersionAndTypeAt) >> 4, type = bytes.U8(PppoeHeader.VersionAndTypeAt) & 0x0f;
        int code = bytes.U8(PppoeHeader.CodeAt), session = bytes.U16(PppoeHeader.SessionAt);
        int claimed = bytes.U16(PppoeHeader.PayloadLengthAt);
        if (version != 1) d.Print($" [ver {version}]");
        if (type != 1) d.Print($" [type {type}]");
        d.Print($"PPPoE {CodeName(code)}");
        if (code == 0x09 && claimed > LongestDiscovery - PppoeHeader.Length) d.Print($" [len {claimed}!]");
        if (claimed > length)
        {
            d.Print($" [len {claimed} > {length}!]");
            claimed = length;
        }

        if (session != 0) d.Print($" [ses 0x{session:x}]");
        PacketBytes payload = bytes.From(PppoeHeader.Length);
        if (code != 0)
        {
            PrintTags(d, payload, claimed);
            return;
        }

        d.Print($" ");
        PppPrinter.Print(d, payload, claimed);
    }

    private static void PrintTags(Dissection d, PacketBytes tags, int length)
    {
        int at = 0;
        int tag = -1;
        while (tag != 0 && at < length && !d.IsCut)
        {
            tag = tags.U16(at);
            int tagLength = tags.U16(at + 2);
            at += 4;
            PrintTag(d, tag, tags.Fetch(at, tagLength));
            at += tagLength;
        }
    }

    private static void PrintTag(Dissection d, int tag, ReadOnlySpan<byte> value)
    {
        d.Print($" [{TagName(tag)}");
        ReadOnlySpan<byte> start = value[..Math.Min(value.Length, LongestText)];
        int printable = 0;
        foreach (byte letter in start) printable += letter is >= 0x20 and < 0x7f ? 1 : 0;
        if (printable > start.Length - printable)
        {
            d.Print($" \"");
            foreach (byte letter in start) d.Output.Append(letter is >= 0x20 and < 0x7f ? letter : (byte)'.');
            d.Print($"\"");
        }
        else if (!value.IsEmpty)
        {
            d.Print($" 0x");
            foreach (byte octet in value) d.Print($"{"0123456789ABCDEF"[octet >> 4]}{"0123456789ABCDEF"[octet & 0x0f]}");
        }

        d.Print($"]");
    }

    // The space of a session's code is tcpdump's.
    private static string CodeName(int code) => code switch
    {
        0x00 => "",
        0x07 => "PADO",
        0x09 => "PADI",
        0x19 => "PADR",
        0x65 => "PADS",
        0xa7 => "PADT",
        _ => $"PAD-{code:x}",
    };

    private static string TagName(int tag) => tag switch
    {
        0x0000 => "EOL",
        0x0101 => "Service-Name",
        0x0102 => "AC-Name",
        0x0103 => "Host-Uniq",
        0x0104 => "AC-Cookie",
        0x0105 => "Vendor-Specific",
        0x0110 => "Relay-Session-ID",
        0x0120 => "PPP-Max-Payload",
        0x0201 => "Service-Name-Error",
        0x0202 => "AC-System-Error",
        0x0203 => "Generic-Error",
        _ => $"TAG-0x{tag:x}",
    };
}
