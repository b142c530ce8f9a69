using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Application.Dns;

/// <summary>Prints DNS messages (RFC 1035), over UDP and TCP, and multicast DNS (RFC 6762).</summary>
internal static class DnsPrinter
{
    /// <summary>The record type that carries EDNS (RFC 6891).</summary>
    public const int OptionsType = 41;

    private const int IdAt = 0, FlagsAt = 2, QuestionsAt = 4, AnswersAt = 6, AuthoritiesAt = 8, AdditionalsAt = 10, HeaderLength = 12;
    private const int InverseQuery = 1;

    /// <summary>Prints a message that came in one TCP segment, with its length before it (RFC 1035, section 4.2.2).</summary>
    public static void PrintOverTcp(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "domain";
        if (length < 2)
        {
            d.Print($" [DNS over TCP: length {length} < 2]");
            d.Invalid();
            return;
        }

        length -= 2;
        int prefix = bytes.U16(0);
        if (prefix != length)
        {
            d.Print($" [prefix length({prefix}) != length({length})]");
            d.Invalid();
            return;
        }

        d.Print($" ");
        Print(d, bytes.From(2), length, multicast: false);
    }

    /// <summary>Prints a message.</summary>
    /// <param name="d">The packet being printed.</param>
    /// <param name="message">From the DNS header on.</param>
    /// <param name="length">The length on the wire.</param>
    /// <param name="multicast">Whether it came on the port of multicast DNS.</param>
    public static void Print(Dissection d, PacketBytes message, int length, bool multicast)
    {
        d.Protocol = "domain";
        if (length < HeaderLength)
        {
            d.Print($"domain [length {length} < {HeaderLength}]");
            d.Invalid();
            return;
        }

        if (message.Fetch(0, HeaderLength).IsEmpty) return;
        bool whole = (message.U16(FlagsAt) & 0x8000) != 0
            ? PrintResponse(d, message, multicast)
            : PrintRequest(d, message, multicast);
        if (whole) d.Print($" ({length})");
        else d.Truncated();
    }

    private static bool PrintResponse(Dissection d, PacketBytes message, bool multicast)
    {
        int flags = message.U16(FlagsAt);
        int questions = message.U16(QuestionsAt);
        string response = DnsNames.Response(ResponseCode(message, flags));
        d.Print($"{message.U16(IdAt)}{DnsNames.Operation(flags >> 11 & 0xf)}{response}");
        if ((flags & 0x0400) != 0) d.Print($"*");
        if ((flags & 0x0080) == 0) d.Print($"-");
        if ((flags & 0x0200) != 0) d.Print($"|");
        if ((flags & 0x0020) != 0) d.Print($"$");
        if (questions != 1) d.Print($" [{questions}q]");
        int at = HeaderLength;
        for (int i = 0; i < questions; i++)
        {
            if (i > 0) d.Print($",");
            if (d.Verbosity > 1)
            {
                d.Print($" q:");
                at = DnsRecordPrinter.PrintQuestion(d, message, at, multicast);
            }
            else
            {
                at = DomainName.Skip(message, at);
                if (at >= 0) at += 4;
            }

            if (at < 0) return false;
        }

        int answers = message.U16(AnswersAt);
        d.Print($" {answers}/{message.U16(AuthoritiesAt)}/{message.U16(AdditionalsAt)}");
        if (!PrintRecords(d, "", message, ref at, answers, multicast)) return false;
        return d.Verbosity <= 1 || PrintLaterSections(d, message, ref at, multicast);
    }

    private static bool PrintRequest(Dissection d, PacketBytes message, bool multicast)
    {
        int flags = message.U16(FlagsAt);
        int operation = flags >> 11 & 0xf;
        d.Print($"{message.U16(IdAt)}{DnsNames.Operation(operation)}");
        if ((flags & 0x0100) != 0) d.Print($"+");
        if ((flags & 0x0010) != 0) d.Print($"%");
        if ((flags & 0x06cf) != 0) d.Print($" [b2&3=0x{flags:x}]");

        int questions = message.U16(QuestionsAt), answers = message.U16(AnswersAt);
        if (operation == InverseQuery)
        {
            if (questions != 0) d.Print($" [{questions}q]");
            if (answers != 1) d.Print($" [{answers}a]");
        }
        else
        {
            if (answers != 0) d.Print($" [{answers}a]");
            if (questions != 1) d.Print($" [{questions}q]");
        }

        if (message.U16(AuthoritiesAt) is var authorities and > 0) d.Print($" [{authorities}n]");
        if (message.U16(AdditionalsAt) is var additionals and > 0) d.Print($" [{additionals}au]");

        int at = HeaderLength;
        for (int i = 0; i < questions; i++)
        {
            if (i > 0 && at >= message.Length) return false;
            at = DnsRecordPrinter.PrintQuestion(d, message, at, multicast);
            if (at < 0) return false;
        }

        if (d.Verbosity <= 1) return true;
        return PrintRecords(d, "", message, ref at, answers, multicast) && PrintLaterSections(d, message, ref at, multicast);
    }

    private static bool PrintLaterSections(Dissection d, PacketBytes message, ref int at, bool multicast) =>
        PrintLaterSection(d, " ns:", message, ref at, message.U16(AuthoritiesAt), multicast)
        && PrintLaterSection(d, " ar:", message, ref at, message.U16(AdditionalsAt), multicast);

    private static bool PrintLaterSection(Dissection d, string title, PacketBytes message, ref int at, int count, bool multicast) =>
        count == 0 || (at < message.Length && PrintRecords(d, title, message, ref at, count, multicast));

    private static bool PrintRecords(Dissection d, string title, PacketBytes message, ref int at, int count, bool multicast)
    {
        for (int i = 0; i < count; i++)
        {
            if (i > 0 && at >= message.Length) return false;
            d.Print($"{(i == 0 ? title : ",")}");
            at = DnsRecordPrinter.PrintRecord(d, message, at, multicast);
            if (at < 0) return false;
        }

        return true;
    }

    /// <summary>The response code, with the upper bits that an EDNS record adds when one can be found.</summary>
    private static int ResponseCode(PacketBytes message, int flags)
    {
        int code = flags & 0xf;
        int at = HeaderLength;
        for (int i = message.U16(QuestionsAt); i > 0; i--)
        {
            at = DomainName.Skip(message, at);
            if (at < 0 || (at += 4) >= message.Length) return code;
        }

        int before = message.U16(AnswersAt) + message.U16(AuthoritiesAt);
        for (int i = before + message.U16(AdditionalsAt); i > 0; i--, before--)
        {
            at = DomainName.Skip(message, at);
            if (at < 0 || !message.Has(at, 10)) return code;
            if (before <= 0 && message.U16(at) == OptionsType) return code | message.U8(at + 4) << 4;
            at += 10 + message.U16(at + 8);
            if (at >= message.Length) return code;
        }

        return code;
    }
}
