namespace Trama.Dump.Tunnel;

/// <summary>Prints VXLAN (RFC 7348) and the Ethernet frame in it.</summary>
internal static class VxlanPrinter
{
    private const int NetworkAt = 4, HeaderLength = 8;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "vxlan";
        d.Print($"VXLAN");
        if (length < HeaderLength)
        {
            d.Invalid();
            return;
        }

        int flags = bytes.U8(0);
        d.Print($", flags [{((flags & 0x08) != 0 ? "I" : "invalid")}] (0x{flags:x2}), ");
        d.Print($"vni {bytes.U24(NetworkAt)}\n");
        _ = bytes.U8(HeaderLength - 1);
        TunnelledEthernet.Print(d, bytes.From(HeaderLength), length - HeaderLength);
    }
}
