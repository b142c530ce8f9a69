using Trama.Packets.Network;

namespace Trama.Dump.Network;

/// <summary>Prints the authentication header (RFC 4302); what it protects follows in the clear.</summary>
internal static class AhPrinter
{
    private const int FixedLength = 12;

    /// <summary>Prints the header.</summary>
    /// <returns>Its length in bytes.</returns>
    public static int Print(Dissection d, PacketBytes bytes, out IpProtocol next)
    {
        d.Protocol = "ah";
        next = (IpProtocol)bytes.U8(0);
        int units = bytes.U8(1);
        int length = (units + 2) * 4;
        d.Print($"AH(");
        if (d.Verbosity > 0) d.Print($"length={units}({length}-bytes),");
        if (bytes.U16(2) is var reserved and > 0) d.Print($"reserved=0x{reserved:x}[MustBeZero],");
        d.Print($"spi=0x{bytes.U32(4):x8},");
        d.Print($"seq=0x{bytes.U32(8):x},");
        d.Print($"icv=0x");
        for (int at = FixedLength; at < length && !d.IsCut; at++) d.Print($"{bytes.U8(at):x2}");
        d.Print($"): ");
        return length;
    }
}
