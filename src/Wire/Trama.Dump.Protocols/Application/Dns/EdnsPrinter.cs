using Trama.Dump.Text;
using Trama.Packets.Network;

namespace Trama.Dump.Protocols.Application.Dns;

/// <summary>Prints the options of an EDNS record (RFC 6891).</summary>
internal static class EdnsPrinter
{
    /// <summary>Prints the option at <paramref name="at"/> of the message.</summary>
    /// <returns>Where the next starts, or <see cref="DomainName.Broken"/>.</returns>
    public static int Print(Dissection d, PacketBytes message, int at)
    {
        if (!message.Has(at, 2)) return DomainName.Broken;
        int code = message.U16(at);
        d.Print($"{DnsNames.Option(code)}");
        if (!message.Has(at, 4)) return DomainName.Broken;
        int length = message.U16(at + 2);
        at += 4;
        if (!message.Has(at, length)) return DomainName.Broken;
        if (length == 0) return at;
        d.Print($" ");
        PrintValue(d, code, message, at, length);
        return at + length;
    }

    private static void PrintValue(Dissection d, int code, PacketBytes message, int at, int length)
    {
        PacketBytes value = message.From(at).First(length);
        switch (code)
        {
            case 5:
                PrintEach(d, value, DnsNames.Algorithm);
                break;
            case 6:
                PrintEach(d, value, DnsNames.Digest);
                break;
            case 7:
                PrintEach(d, value, DnsNames.Nsec3Hash);
                break;
            case 8:
                PrintClientSubnet(d, value);
                break;
            case 9 when length == 4:
                d.Print($"{value.U32(0)} sec");
                break;
            case 10 when length is 8 or (>= 16 and <= 40):
                d.Print($"{value.Captured[..8]:x}");
                if (length > 8) d.Print($" {value.Captured[8..]:x}");
                break;
            case 11 when length == 2:
                d.Print($"{value.U16(0) / 10}.{value.U16(0) % 10} sec");
                break;
            case 12:
                d.Print($"({length})");
                break;
            case 13:
                DomainName.Print(d, message, at);
                break;
            case 14 when length % 2 == 0:
                for (int i = 0; i < length; i += 2) d.Print($"{(i > 0 ? " " : "")}{value.U16(i)}");
                break;
            case 9 or 10 or 11 or 14:
                d.Invalid();
                break;
            default:
                d.Output.AppendHex(value.Captured);
                break;
        }
    }

    private static void PrintEach(Dissection d, PacketBytes value, Func<int, string> name)
    {
        for (int i = 0; i < value.Length; i++) d.Print($"{(i > 0 ? " " : "")}{name(value.U8(i))}");
    }

    /// <summary>Prints a client subnet (RFC 7871): address, source prefix and scope prefix.</summary>
    private static void PrintClientSubnet(Dissection d, PacketBytes value)
    {
        int addressLength = value.Length - 4;
        int fullLength = addressLength < 0 ? 0 : value.U16(0) switch { 1 => 4, 2 => 16, _ => 0 };
        int source = value.Length < 4 ? 0 : value.U8(2), scope = value.Length < 4 ? 0 : value.U8(3);
        if (fullLength == 0 || source > fullLength * 8 || scope > fullLength * 8 || (source + 7) / 8 != addressLength)
        {
            d.Invalid();
            return;
        }

        Span<byte> address = stackalloc byte[16];
        value.Captured[4..].CopyTo(address);
        d.Print($"{IpAddress.FromBytes(address[..fullLength]):n}/{source}/{scope}");
    }
}
