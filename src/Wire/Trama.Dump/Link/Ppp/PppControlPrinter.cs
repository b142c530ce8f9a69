using Trama.Dump.Text;

namespace Trama.Dump.Link.Ppp;

/// <summary>Prints the control protocols of PPP: link control (RFC 1661) and those of network layers, which share its packets.</summary>
internal static class PppControlPrinter
{
    private const int HeaderLength = 4;

    public static void Print(Dissection d, int protocol, PacketBytes bytes, int length)
    {
        string name = PppProtocol.Find(protocol) ?? $"unknown ctrl-proto (0x{protocol:x4})";
        d.Print($"{name}, ");
        if (length < HeaderLength || !bytes.Has(2))
        {
            d.Print($"[|{name}]");
            return;
        }

        int code = bytes.U8(0);
        d.Print($"{CodeName(code)} (0x{code:x2}), id {bytes.U8(1)}, length {length + 2}");
        if (d.Verbosity == 0) return;
        int encoded = bytes.U16(2);
        if (encoded < HeaderLength)
        {
            d.Print($"\n\tencoded length {encoded} (< 4))");
            return;
        }

        if (encoded > length)
        {
            d.Print($"\n\tencoded length {encoded} (> packet length {length}))");
            return;
        }

        d.Print($"\n\tencoded length {encoded} (=Option(s) length {encoded - HeaderLength})");
        if (encoded > HeaderLength) PrintBody(d, protocol, code, bytes, encoded);
    }

    private static void PrintBody(Dissection d, int protocol, int code, PacketBytes bytes, int length)
    {
        PacketBytes body = bytes.From(HeaderLength);
        switch (code)
        {
            case 0 when length >= 11:
                d.Print($"\n\t  Magic-Num 0x{body.U32(0):x8} Vendor: {OuiNames.Find((int)body.U24(4)) ?? "Unknown"} ({body.U24(4)})");
                break;
            case >= 1 and <= 4:
                PrintOptions(d, protocol, body, length);
                break;
            case 8 when length >= 6:
                int rejected = body.U16(0);
                d.Print($"\n\t  Rejected {PppProtocol.Find(rejected) ?? "unknown"} Protocol (0x{rejected:x4})");
                if (length <= 6) break;
                d.Print($"\n\t  Rejected Packet");
                d.Output.AppendHexLines(body.From(2).First(length - 2).Captured, "\n\t    "u8);
                break;
            case 9 or 10 or 11 when length >= 8:
                d.Print($"\n\t  Magic-Num 0x{body.U32(0):x8}");
                if (length <= 8) break;
                d.Print($"\n\t  -----trailing data-----");
                d.Output.AppendHexLines(body.Fetch(4, length - 8), "\n\t  "u8);
                break;
            case 12 when length >= 8:
                d.Print($"\n\t  Magic-Num 0x{body.U32(0):x8}");
                if (length <= 8) break;
                d.Print($"\n\t  Message\n\t    ");
                if (!d.Output.AppendCounted(body, 4, length - 4)) d.Print($"[|{PppProtocol.Find(protocol)}]");
                break;
            case 13 when length >= 12:
                d.Print($"\n\t  Magic-Num 0x{body.U32(0):x8}, Seconds-Remaining {body.U32(4)}s");
                break;
            case > 13 when d.Verbosity <= 1:
                d.Output.AppendHexLines(bytes.First(length).Captured, "\n\t  "u8);
                break;
        }
    }

    private static void PrintOptions(Dissection d, int protocol, PacketBytes body, int length)
    {
        int left = length - HeaderLength;
        int at = 0;
        while (left > 0 && !d.IsCut)
        {
            int advance = PppOptions.Print(d, protocol, body.From(at), length);
            if (advance == 0) return;
            if (left < advance)
            {
                d.Print($" [remaining options length {left} < {advance}]");
                d.Invalid();
                return;
            }

            left -= advance;
            at += advance;
        }
    }

    private static string CodeName(int code) => code switch
    {
        0 => "Vendor-Extension",
        1 => "Conf-Request",
        2 => "Conf-Ack",
        3 => "Conf-Nack",
        4 => "Conf-Reject",
        5 => "Term-Request",
        6 => "Term-Ack",
        7 => "Code-Reject",
        8 => "Prot-Reject",
        9 => "Echo-Request",
        10 => "Echo-Reply",
        11 => "Disc-Req",
        12 => "Ident",
        13 => "Time-Rem",
        14 => "Reset-Req",
        15 => "Reset-Ack",
        _ => "Unknown Opcode",
    };
}
