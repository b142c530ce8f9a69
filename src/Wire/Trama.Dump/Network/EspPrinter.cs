namespace Trama.Dump.Network;

/// <summary>Prints what is not encrypted of ESP (RFC 4303).</summary>
internal static class EspPrinter
{
    private const int HeaderLength = 8;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "esp";
        if (!bytes.Has(HeaderLength + 1)) d.Truncated();
        else d.Print($"ESP(spi=0x{bytes.U32(0):x8},seq=0x{bytes.U32(4):x}), length {length}");
    }
}
