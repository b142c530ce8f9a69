using Trama.Dump.Text;
using Trama.Packets.Network;

namespace Trama.Dump.Protocols.Application.Dns;

/// <summary>Prints the questions and records of a DNS message. Offsets count from the start of the message.</summary>
internal static class DnsRecordPrinter
{
    private const int Internet = 1;

    /// <summary>In multicast DNS (RFC 6762) the class' top bit is a flag: answer by unicast, or forget older records.</summary>
    private const int MulticastFlag = 0x8000;

    /// <summary>Prints a question.</summary>
    /// <returns>Where it ends, or <see cref="DomainName.Broken"/>.</returns>
    public static int PrintQuestion(Dissection d, PacketBytes message, int at, bool multicast)
    {
        int end = DomainName.Skip(message, at);
        if (end < 0 || !message.Has(end, 4)) return DomainName.Broken;
        d.Print($" {DnsNames.Type(message.U16(end))}");
        int number = message.U16(end + 2);
        int withoutFlag = multicast ? number & ~MulticastFlag : number;
        if (withoutFlag != Internet) d.Print($" {DnsNames.Class(withoutFlag)}");
        if (multicast) d.Print($"{((number & MulticastFlag) != 0 ? " (QU)" : " (QM)")}");
        d.Print($"? ");
        end = DomainName.Print(d, message, at);
        return end < 0 ? end : end + 4;
    }

    /// <summary>Prints a record.</summary>
    /// <returns>Where it ends, or <see cref="DomainName.Broken"/>.</returns>
    public static int PrintRecord(Dissection d, PacketBytes message, int at, bool multicast)
    {
        if (d.Verbosity > 0)
        {
            d.Print($" ");
            at = DomainName.Print(d, message, at);
            if (at < 0) return at;
        }
        else
        {
            at = DomainName.Skip(message, at);
        }

        if (at < 0 || !message.Has(at, 10)) return message.Length;
        int type = message.U16(at), number = message.U16(at + 2), length = message.U16(at + 8);
        int withoutFlag = multicast ? number & ~MulticastFlag : number;
        bool isOptions = type == DnsPrinter.OptionsType;
        if (withoutFlag != Internet && !isOptions) d.Print($" {DnsNames.Class(withoutFlag)}");
        if (multicast && (number & MulticastFlag) != 0) d.Print($" (Cache flush)");
        if (!isOptions && d.Verbosity > 2)
        {
            d.Print($" [");
            d.PrintDuration(message.U32(at + 4));
            d.Print($"]");
        }

        d.Print($" {DnsNames.Type(type)}");
        int end = at + 10 + length;
        if (end > message.Length) return DomainName.Broken;
        bool whole = isOptions
            ? PrintOptions(d, message, at + 10, end, udpSize: withoutFlag, flags: message.U16(at + 6))
            : PrintData(d, type, message, at + 10, end);
        return whole ? end : DomainName.Broken;
    }

    private static bool PrintData(Dissection d, int type, PacketBytes message, int at, int end)
    {
        switch (type)
        {
            case 1:
                if (!message.Has(at, 4)) return false;
                d.Print($" {message.Ipv4(at):n}");
                return true;
            case 2 or 5 or 12 or 39:
                d.Print($" ");
                return DomainName.Print(d, message, at) >= 0;
            case 6 when d.Verbosity > 0:
                return PrintAuthority(d, message, at);
            case 15:
                d.Print($" ");
                if (!message.Has(at, 2) || DomainName.Print(d, message, at + 2) < 0) return false;
                d.Print($" {message.U16(at)}");
                return true;
            case 16:
                return PrintTexts(d, message, at, end);
            case 28:
                if (!message.Has(at, 16)) return false;
                d.Print($" {message.Ipv6(at):n}");
                return true;
            case 33:
                d.Print($" ");
                if (!message.Has(at, 6) || DomainName.Print(d, message, at + 6) < 0) return false;
                d.Print($":{message.U16(at + 4)} {message.U16(at)} {message.U16(at + 2)}");
                return true;
            case 38:
                return PrintA6(d, message, at);
            case 104:
                return d.Output.AppendCounted(message, at, end - at);
            case 250 when d.Verbosity > 0:
                return PrintSignature(d, message, at);
            case 256:
                if (!message.Has(at, end - at)) return false;
                d.Print($" {message.U16(at)} {message.U16(at + 2)} ");
                return d.Output.AppendCounted(message, at + 4, end - at - 4);
            default:
                return true;
        }
    }

    private static bool PrintAuthority(Dissection d, PacketBytes message, int at)
    {
        for (int i = 0; i < 2; i++)
        {
            d.Print($" ");
            at = DomainName.Print(d, message, at);
            if (at < 0) return false;
        }

        if (!message.Has(at, 20)) return false;
        for (int i = 0; i < 5; i++) d.Print($" {message.U32(at + i * 4)}");
        return true;
    }

    private static bool PrintTexts(Dissection d, PacketBytes message, int at, int end)
    {
        while (at < end)
        {
            d.Print($" \"");
            if (!message.Has(at, 1)) return false;
            int length = message.U8(at);
            if (!d.Output.AppendCounted(message, at + 1, length)) return false;
            at += 1 + length;
            d.Print($"\"");
        }

        return true;
    }

    /// <summary>Prints an address in parts (RFC 2874): prefix length, the suffix of the address, the name that has the prefix.</summary>
    private static bool PrintA6(Dissection d, PacketBytes message, int at)
    {
        if (!message.Has(at, 1)) return false;
        int prefix = message.U8(at);
        if (prefix > 128)
        {
            d.Print($" {prefix}(bad plen)");
            return true;
        }

        int absent = prefix / 8;
        if (prefix < 128)
        {
            Span<byte> address = stackalloc byte[16];
            message.Fetch(at + 1, 16 - absent).CopyTo(address[absent..]);
            d.Print($" {prefix} {IpAddress.FromBytes(address):n}");
        }

        if (prefix == 0) return true;
        d.Print($" ");
        return DomainName.Print(d, message, at + 17 - absent) >= 0;
    }

    private static bool PrintOptions(Dissection d, PacketBytes message, int at, int end, int udpSize, int flags)
    {
        d.Print($" UDPsize={udpSize}");
        if ((flags & 0x8000) != 0) d.Print($" DO");
        if (at >= end) return true;
        d.Print($" [");
        while (at < end)
        {
            at = EdnsPrinter.Print(d, message, at);
            if (at < 0) return false;
            if (at < end) d.Print($",");
        }

        d.Print($"]");
        return true;
    }

    /// <summary>Prints a transaction signature (RFC 8945), without the signature.</summary>
    private static bool PrintSignature(Dissection d, PacketBytes message, int at)
    {
        d.Print($" ");
        at = DomainName.Print(d, message, at);
        if (at < 0 || !message.Has(at + 6, 2)) return false;
        d.Print($" fudge={message.U16(at + 6)}");
        if (!message.Has(at + 8, 2)) return false;
        int macLength = message.U16(at + 8);
        d.Print($" maclen={macLength}");
        at += 10 + macLength;
        if (!message.Has(at, 2)) return false;
        d.Print($" origid={message.U16(at)}");
        if (!message.Has(at + 2, 2)) return false;
        d.Print($" error={message.U16(at + 2)}");
        if (!message.Has(at + 4, 2)) return false;
        d.Print($" otherlen={message.U16(at + 4)}");
        return true;
    }
}
