using Trama.Packets.Tunnel;

namespace Trama.Dump.Protocols.Tunnel;

/// <summary>Prints VXLAN (RFC 7348) and the Ethernet frame in it.</summary>
internal static class VxlanPrinter
{
    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "vxlan";
        d.Print($"VXLAN");
        if (length < VxlanHeader.Length)
        {
            d.Invalid();
            return;
        }

        int flags = bytes.U8(VxlanHeader.FlagsAt);
        d.Print($", flags [{((flags & VxlanHeader.NetworkPresent) != 0 ? "I" : "invalid")}] (0x{flags:x2}), ");
        d.Print($"vni {bytes.U24(VxlanHeader.NetworkAt)}\n");
        _ = bytes.U8(VxlanHeader.Length - 1);
        TunnelledEthernet.Print(d, bytes.From(VxlanHeader.Length), length - VxlanHeader.Length);
    }
}
