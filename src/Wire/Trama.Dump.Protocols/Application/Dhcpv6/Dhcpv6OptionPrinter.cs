using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Application.Dhcpv6;

/// <summary>Prints the options of a DHCPv6 message, each in parentheses.</summary>
internal static class Dhcpv6OptionPrinter
{
    private const int HeadLength = 4, AddressLength = 16, ShownBytes = 10;
    private const int Address = 5, RelayMessage = 9, Prefix = 26, LeaseQuery = 44;

    /// <summary>Prints options.</summary>
    /// <param name="d">The packet being printed.</param>
    /// <param name="bytes">The options, to their end or to the end of what was captured.</param>
    public static void Print(Dissection d, PacketBytes bytes)
    {
        if (!d.TryEnter()) return;
        for (int at = 0; at < bytes.Length && !d.IsCut;)
        {
            int length = bytes.Has(at, HeadLength) ? bytes.U16(at + 2) : -1;
            if (length < 0 || !bytes.Has(at + HeadLength, length))
            {
                d.Truncated();
                break;
            }

            int option = bytes.U16(at);
            d.Print($" ({Dhcpv6OptionTable.Name(option)}");
            if (!PrintValue(d, option, bytes.From(at + HeadLength).First(length)))
            {
                d.Truncated();
                break;
            }

            d.Print($")");
            at += HeadLength + length;
        }

        d.Leave();
    }

    /// <summary>Prints a value; false when what it holds does not fit into it.</summary>
    private static bool PrintValue(Dissection d, int option, PacketBytes value)
    {
        if (!Dhcpv6OptionTable.Fits(option, value.Length))
        {
            d.Print($" ?");
            return true;
        }

        switch (Dhcpv6OptionTable.Form(option))
        {
            case Dhcpv6Form.Holder:
                PrintHolder(d, option, value);
                break;
            case Dhcpv6Form.Addresses:
                for (int at = 0; at < value.Length; at += AddressLength) d.Print($" {value.Ipv6(at)}");
                break;
            case Dhcpv6Form.Names:
                return PrintNames(d, value);
            case Dhcpv6Form.NtpServers:
                return PrintNtpServers(d, value);
            case Dhcpv6Form.Number:
                d.Print($" {value.Length switch { 1 => value.U8(0), 2 => value.U16(0), _ => value.U32(0) }}");
                break;
            case Dhcpv6Form.Options:
                for (int at = 0; at < value.Length; at += 2) d.Print($" {Dhcpv6OptionTable.Name(value.U16(at))}");
                break;
            case Dhcpv6Form.Text:
                d.Print($" ");
                d.Output.AppendPadded(value, 0, value.Length);
                break;
            case Dhcpv6Form.Bytes:
                d.Print($" {value.First(ShownBytes).Captured:x}...");
                break;
            case Dhcpv6Form.Own:
                Dhcpv6ValuePrinter.Print(d, option, value);
                break;
        }

        return true;
    }

    /// <summary>Prints an option that holds others.</summary>
    private static void PrintHolder(Dissection d, int option, PacketBytes value)
    {
        int held = Dhcpv6OptionTable.Least(option);
        switch (option)
        {
            case RelayMessage:
                // As with tcpdump, one of the two parentheses opened stays open.
                d.Print($" (");
                if (!d.TryEnter()) return;
                Dhcpv6Printer.Print(d, value);
                d.Leave();
                return;
            case Address:
                d.Print($" {value.Ipv6(0)} pltime:{value.U32(16)} vltime:{value.U32(20)}");
                break;
            case Prefix:
                d.Print($" {value.Ipv6(9)}/{value.U8(8)} pltime:{value.U32(0)} vltime:{value.U32(4)}");
                break;
            case LeaseQuery:
                int type = value.U8(0);
                d.Print($" {type switch { 1 => "by-address", 2 => "by-clientID", _ => $"type_{type}" }} {value.Ipv6(1)}");
                break;
            default:
                if (held >= 4) d.Print($" IAID:{value.U32(0)}");
                if (held >= 12) d.Print($" T1:{value.U32(4)} T2:{value.U32(8)}");
                break;
        }

        Print(d, value.From(held));
    }

    private static bool PrintNames(Dissection d, PacketBytes value)
    {
        for (int at = 0; at < value.Length;)
        {
            d.Print($" ");
            at = DomainName.Print(d, value, at);
            if (at == DomainName.Broken) return false;
        }

        return true;
    }

    private static bool PrintNtpServers(Dissection d, PacketBytes value)
    {
        const int Server = 1, Group = 2, Name = 3;
        for (int at = 0; at < value.Length - HeadLength;)
        {
            int kind = value.U16(at), length = value.U16(at + 2);
            at += HeadLength;
            if (!value.Has(at, length)) return false;
            d.Print($" subopt:{kind} ");
            if (kind == Name)
            {
                if (DomainName.Print(d, value.From(at).First(length), 0) == DomainName.Broken) return false;
            }
            else if (kind is Server or Group && length == AddressLength) d.Print($"{value.Ipv6(at)}");
            else d.Print($"?");
            at += length;
        }

        return true;
    }
}
