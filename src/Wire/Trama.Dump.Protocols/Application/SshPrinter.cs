namespace Trama.Dump.Protocols.Application;

/// <summary>Prints the version line with which SSH starts (RFC 4253, section 4.2); what follows is encrypted.</summary>
internal static class SshPrinter
{
    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "ssh";
        for (int i = 0; i < 4; i++)
        {
            if (bytes.U8(i) != "SSH-"u8[i]) return;
        }

        for (int at = 4; at < length && !d.IsCut; at++)
        {
            byte value = bytes.U8(at);
            if (value == '\n' || (value == '\r' && at + 1 < length && bytes.U8(at + 1) == '\n'))
            {
                d.Print($": SSH: {bytes.Captured[..at]:s}");
                return;
            }

            if (value is < 0x20 or >= 0x7f) return;
        }
    }
}
