using Trama.Dump.Text;

namespace Trama.Dump.Link;

/// <summary>Prints LLDP (IEEE 802.1AB): the name of the system that announces itself.</summary>
internal static class LldpPrinter
{
    private const int SystemName = 5;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "lldp";
        d.Print($"LLDP, length {length}");
        int at = 0;
        while (length - at >= 2)
        {
            if (!bytes.Has(at, 2))
            {
                d.Truncated();
                return;
            }

            int type = bytes.U8(at) >> 1, valueLength = bytes.U16(at) & 0x01ff;
            at += 2;
            if (type == 0 || valueLength == 0) return;
            if (!bytes.Has(at, valueLength) || length - at < valueLength)
            {
                d.Truncated();
                return;
            }

            if (type == SystemName)
            {
                d.Print($": ");
                d.Output.AppendPadded(bytes, at, valueLength);
            }

            at += valueLength;
        }
    }
}
