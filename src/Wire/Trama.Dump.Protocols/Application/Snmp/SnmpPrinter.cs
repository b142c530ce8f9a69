namespace Trama.Dump.Protocols.Application.Snmp;

/// <summary>Prints SNMP: version 1 (RFC 1157), version 2c (RFC 3416) and version 3 (RFC 3412, RFC 3414) as far as it is in clear.</summary>
internal static class SnmpPrinter
{
    private const int UserSecurityModel = 3;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "snmp";
        d.Print($" ");
        int count = BerReader.Read(d, bytes, length, out BerElement message);
        if (count < 0 || !Expect(d, message, BerKind.Sequence, "[!init SEQ]")) return;
        if (count < length) d.Print($"[{length - count} extra after iSEQ]");
        PacketBytes rest = message.Content;
        if (!TryTake(d, ref rest, BerKind.Integer, "[version!=INT]", out BerElement number)) return;
        int version = number.Integer;
        if (version is not (0 or 1 or 3))
        {
            d.Print($"SNMP [version = {version}]");
            return;
        }

        Open(d, version switch { 0 => "SNMPv1 ", 1 => "SNMPv2c ", _ => "SNMPv3 " });
        if (version == 3) PrintSecured(d, rest);
        else PrintCommunity(d, rest, version);
        Close(d, "} ");
    }

    private static void Open(Dissection d, string name)
    {
        if (d.Verbosity > 0) d.Print($"{{ {name}");
    }

    private static void Close(Dissection d, string text)
    {
        if (d.Verbosity > 0) d.Print($"{text}");
    }

    private static bool Expect(Dissection d, BerElement element, BerKind kind, string complaint)
    {
        if (element.Kind == kind) return true;
        d.Print($"{complaint}");
        BerReader.Print(d, element);
        return false;
    }

    /// <summary>Takes the next value, which must be of a kind; false, and the reason printed, when it is not.</summary>
    private static bool TryTake(Dissection d, ref PacketBytes rest, BerKind kind, string complaint, out BerElement element)
    {
        int count = BerReader.Read(d, rest, rest.Length, out element);
        if (count < 0 || d.IsCut || !Expect(d, element, kind, complaint)) return false;
        rest = rest.From(count);
        return true;
    }

    private static void PrintCommunity(Dissection d, PacketBytes rest, int version)
    {
        if (!TryTake(d, ref rest, BerKind.String, "[comm!=STR]", out BerElement community)) return;
        if (!community.Content.Captured.SequenceEqual("public"u8))
        {
            d.Print($"C=");
            BerReader.PrintString(d, community);
            d.Print($" ");
        }

        PrintPdu(d, rest, version);
    }

    private static void PrintSecured(Dissection d, PacketBytes rest)
    {
        if (!TryTake(d, ref rest, BerKind.Sequence, "[!message]", out BerElement header)) return;
        Open(d, "");
        PacketBytes fields = header.Content;
        if (!TryTake(d, ref fields, BerKind.Integer, "[msgID!=INT]", out _)) return;
        if (!TryTake(d, ref fields, BerKind.Integer, "[msgMaxSize!=INT]", out _)) return;
        if (!TryTake(d, ref fields, BerKind.String, "[msgFlags!=STR]", out BerElement flagBytes)) return;
        if (flagBytes.Content.Length != 1)
        {
            d.Print($"[msgFlags size {flagBytes.Content.Length}]");
            return;
        }

        int flags = flagBytes.Content.U8(0);
        if (flags is not (0 or 1 or 3 or 4 or 5 or 7))
        {
            d.Print($"[msgFlags=0x{"0123456789ABCDEF"[flags >> 4]}{"0123456789ABCDEF"[flags & 0x0f]}]");
            return;
        }

        d.Print($"F={((flags & 1) != 0 ? "a" : "")}{((flags & 2) != 0 ? "p" : "")}{((flags & 4) != 0 ? "r" : "")} ");
        if (!TryTake(d, ref fields, BerKind.Integer, "[msgSecurityModel!=INT]", out BerElement model)) return;
        Close(d, "} ");
        if (model.Integer != UserSecurityModel)
        {
            d.Print($"[security model {model.Integer}]");
            return;
        }

        Open(d, "USM ");
        if (!TryTake(d, ref rest, BerKind.String, "[msgSecurityParameters!=STR]", out BerElement parameters)) return;
        PrintUser(d, parameters.Content);
        Close(d, "} ");
        Open(d, "ScopedPDU ");
        PrintScoped(d, rest);
        Close(d, "} ");
    }

    private static void PrintUser(Dissection d, PacketBytes rest)
    {
        if (!TryTake(d, ref rest, BerKind.Sequence, "[!usm]", out BerElement usm)) return;
        PacketBytes fields = usm.Content;
        if (!TryTake(d, ref fields, BerKind.String, "[msgAuthoritativeEngineID!=STR]", out _)) return;
        if (!TryTake(d, ref fields, BerKind.Integer, "[msgAuthoritativeEngineBoots!=INT]", out BerElement boots)) return;
        if (d.Verbosity > 0) d.Print($"B={boots.Integer} ");
        if (!TryTake(d, ref fields, BerKind.Integer, "[msgAuthoritativeEngineTime!=INT]", out BerElement time)) return;
        if (d.Verbosity > 0) d.Print($"T={time.Integer} ");
        if (!TryTake(d, ref fields, BerKind.String, "[msgUserName!=STR]", out BerElement user)) return;
        d.Print($"U=");
        BerReader.PrintString(d, user);
        d.Print($" ");
        if (!TryTake(d, ref fields, BerKind.String, "[msgAuthenticationParameters!=STR]", out _)) return;
        _ = TryTake(d, ref fields, BerKind.String, "[msgPrivacyParameters!=STR]", out _);
    }

    private static void PrintScoped(Dissection d, PacketBytes rest)
    {
        if (!TryTake(d, ref rest, BerKind.Sequence, "[!scoped PDU]", out BerElement scoped)) return;
        PacketBytes fields = scoped.Content;
        if (!TryTake(d, ref fields, BerKind.String, "[contextEngineID!=STR]", out BerElement engine)) return;
        d.Print($"E=");
        BerReader.PrintOctets(d, engine);
        d.Print($" ");
        if (!TryTake(d, ref fields, BerKind.String, "[contextName!=STR]", out BerElement name)) return;
        d.Print($"C=");
        BerReader.PrintString(d, name);
        d.Print($" ");
        PrintPdu(d, fields, version: 3);
    }

    private static void PrintPdu(Dissection d, PacketBytes rest, int version)
    {
        int count = BerReader.Read(d, rest, rest.Length, out BerElement pdu);
        if (count < 0) return;
        if (pdu.Kind != BerKind.Pdu)
        {
            d.Print($"[no PDU]");
            return;
        }

        if (count < rest.Length) d.Print($"[{rest.Length - count} extra after PDU]");
        Open(d, "");
        BerReader.Print(d, pdu);
        d.Print($" ");
        if (version == 0 && pdu.Id >= SnmpPduPrinter.GetBulk) d.Print($"[v2 PDU in v1 message]");
        else if (version == 1 && pdu.Id == SnmpPduPrinter.Trap) d.Print($"[v1 PDU in v2 message]");
        else
        {
            SnmpPduPrinter.Print(d, pdu.Id, pdu.Content);
            Close(d, " } ");
        }
    }
}
