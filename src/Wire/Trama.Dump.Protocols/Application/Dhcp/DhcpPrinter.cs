using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Application.Dhcp;

/// <summary>Prints BOOTP (RFC 951) and DHCP (RFC 2131).</summary>
internal static class DhcpPrinter
{
    private const int OperationAt = 0, HardwareTypeAt = 1, HardwareLengthAt = 2, HopsAt = 3, TransactionAt = 4, SecondsAt = 8, FlagsAt = 10;
    private const int ClientAt = 12, YourAt = 16, ServerAt = 20, GatewayAt = 24, HardwareAddressAt = 28, ServerNameAt = 44, FileAt = 108;
    private const int VendorAt = 236, ServerNameLength = 64, FileLength = 128;
    private const uint DhcpCookie = 0x63825363;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "bootp";
        int operation = bytes.U8(OperationAt);
        d.Print($"BOOTP/DHCP, {operation switch { 1 => "Request", 2 => "Reply", _ => $"unknown (0x{operation:x2})" }}");
        int type = bytes.U8(HardwareTypeAt), addressLength = bytes.U8(HardwareLengthAt);
        bool isEthernet = type == 1 && addressLength == 6;
        if (isEthernet && operation == 1) d.Print($" from {bytes.Fetch(HardwareAddressAt, 6):m}");
        d.Print($", length {length}");
        if (d.Verbosity > 0) PrintDetails(d, bytes, type, addressLength);
    }

    private static void PrintDetails(Dissection d, PacketBytes bytes, int type, int addressLength)
    {
        if (!bytes.Has(SecondsAt + 2))
        {
            d.Truncated();
            return;
        }

        bool isEthernet = type == 1 && addressLength == 6;
        if (type != 1) d.Print($", htype {type}");
        if (!isEthernet) d.Print($", hlen {addressLength}");
        if (bytes.U8(HopsAt) is var hops and > 0) d.Print($", hops {hops}");
        if (bytes.U32(TransactionAt) is var transaction and > 0) d.Print($", xid 0x{transaction:x}");
        if (bytes.U16(SecondsAt) is var seconds and > 0) d.Print($", secs {seconds}");
        int flags = bytes.U16(FlagsAt);
        d.Print($", Flags [{((flags & 0x8000) != 0 ? "Broadcast" : "none")}]");
        if (d.Verbosity > 1) d.Print($" (0x{flags:x4})");
        PrintAddress(d, "Client-IP", bytes, ClientAt);
        PrintAddress(d, "Your-IP", bytes, YourAt);
        PrintAddress(d, "Server-IP", bytes, ServerAt);
        PrintAddress(d, "Gateway-IP", bytes, GatewayAt);
        if (isEthernet) d.Print($"\n\t  Client-Ethernet-Address {bytes.Fetch(HardwareAddressAt, 6):m}");
        if (!PrintText(d, "sname", bytes, ServerNameAt, ServerNameLength)) return;
        if (!PrintText(d, "file", bytes, FileAt, FileLength)) return;
        if (!bytes.Has(VendorAt, 4)) d.Truncated();
        else if (bytes.U32(VendorAt) == DhcpCookie) DhcpOptionPrinter.Print(d, bytes.From(VendorAt));
        else if (bytes.U32(VendorAt) is var vendor and > 0) d.Print($"\n\t  Vendor-#0x{vendor:x}");
    }

    private static void PrintAddress(Dissection d, string title, PacketBytes bytes, int at)
    {
        if (bytes.U32(at) != 0) d.Print($"\n\t  {title} {bytes.Ipv4(at)}");
    }

    private static bool PrintText(Dissection d, string title, PacketBytes bytes, int at, int length)
    {
        if (bytes.U8(at) == 0) return true;
        d.Print($"\n\t  {title} \"");
        bool whole = d.Output.AppendTerminated(bytes, at, length) > 0;
        d.Print($"\"");
        if (!whole) d.Truncated();
        return whole;
    }
}
