using Trama.Dump.Text;

namespace Trama.Dump.Network;

/// <summary>Prints ARP and its relatives (RFC 826, RFC 903, RFC 2390).</summary>
internal static class ArpPrinter
{
    private const int HardwareTypeAt = 0, ProtocolTypeAt = 2, HardwareLengthAt = 4, ProtocolLengthAt = 5, OperationAt = 6, AddressesAt = 8;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "arp";
        int hardware = bytes.U16(HardwareTypeAt);
        int protocol = bytes.U16(ProtocolTypeAt);
        int operation = bytes.U16(OperationAt);
        int hardwareLength = bytes.U8(HardwareLengthAt), protocolLength = bytes.U8(ProtocolLengthAt);
        int senderProtocolAt = AddressesAt + hardwareLength;
        int targetHardwareAt = senderProtocolAt + protocolLength;
        int targetProtocolAt = targetHardwareAt + hardwareLength;
        if (!bytes.Has(targetProtocolAt + protocolLength)) d.Cut();

        if (!d.Options.LinkLayer) d.Print($"ARP, ");
        bool isIp = protocol is 0x0800 or 0x1000;
        bool verbose = d.Options.Verbosity > 0;
        if (!isIp || protocolLength != 4 || hardwareLength == 0 || verbose)
        {
            d.Print($"{HardwareName(hardware)}");
            d.Print($" (len {hardwareLength}), ");
            d.Print($"{EtherTypeNames.Find(protocol) ?? $"Unknown Protocol (0x{protocol:x4})"}");
            d.Print($" (len {protocolLength})");
            if (!verbose)
            {
                d.Print($", length {length}");
                return;
            }

            d.Print($", ");
        }

        d.Print($"{OperationName(operation)}");
        d.Print($" ");
        ReadOnlySpan<byte> senderHardware = bytes.Fetch(AddressesAt, hardwareLength);
        ReadOnlySpan<byte> targetHardware = bytes.Fetch(targetHardwareAt, hardwareLength);
        switch (operation)
        {
            case 1:
                d.Print($"who-has ");
                PrintProtocolAddress(d, bytes, targetProtocolAt, isIp, protocolLength);
                if (targetHardware.ContainsAnyExcept((byte)0))
                {
                    d.Print($" (");
                    PrintHardwareAddress(d, targetHardware);
                    d.Print($")");
                }

                d.Print($" tell ");
                PrintProtocolAddress(d, bytes, senderProtocolAt, isIp, protocolLength);
                break;
            case 2:
                PrintProtocolAddress(d, bytes, senderProtocolAt, isIp, protocolLength);
                d.Print($" is-at ");
                PrintHardwareAddress(d, senderHardware);
                break;
            case 3 or 8:
                d.Print($"who-is ");
                PrintHardwareAddress(d, targetHardware);
                d.Print($" tell ");
                PrintHardwareAddress(d, senderHardware);
                break;
            case 4:
                PrintHardwareAddress(d, targetHardware);
                d.Print($" at ");
                PrintProtocolAddress(d, bytes, targetProtocolAt, isIp, protocolLength);
                break;
            case 9:
                PrintHardwareAddress(d, senderHardware);
                d.Print($" at ");
                PrintProtocolAddress(d, bytes, senderProtocolAt, isIp, protocolLength);
                break;
            default:
                if (d.ShowsUnknownAsBytes) d.Output.AppendHexAndAsciiLines(bytes.Captured, "\n\t"u8);
                return;
        }

        d.Print($", length {length}");
    }

    private static void PrintProtocolAddress(Dissection d, PacketBytes bytes, int offset, bool isIp, int protocolLength)
    {
        if (!isIp) d.Print($"<wrong proto type>");
        else if (protocolLength != 4) d.Print($"<wrong len>");
        else d.Print($"{bytes.Ipv4(offset)}");
    }

    private static void PrintHardwareAddress(Dissection d, ReadOnlySpan<byte> address)
    {
        if (address.IsEmpty) d.Print($"<empty>");
        else d.Print($"{address:m}");
    }

    private static string OperationName(int operation) => operation switch
    {
        1 => "Request",
        2 => "Reply",
        3 => "Reverse Request",
        4 => "Reverse Reply",
        8 => "Inverse Request",
        9 => "Inverse Reply",
        10 => "NACK Reply",
        _ => $"Unknown ({operation})",
    };

    private static string HardwareName(int hardware) => hardware switch
    {
        1 => "Ethernet",
        6 => "TokenRing",
        7 => "ArcNet",
        15 => "FrameRelay",
        19 => "ATM",
        23 => "Strip",
        24 => "IEEE 1394",
        32 => "InfiniBand",
        _ => $"Unknown Hardware ({hardware})",
    };
}
