namespace Trama.Dump.Protocols.Routing;

/// <summary>Prints the head of label distribution's messages (RFC 5036).</summary>
internal static class LdpPrinter
{
    private const int LengthAt = 2, RouterAt = 4, LabelSpaceAt = 8, HeaderLength = 10, MessageHeaderLength = 8;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "ldp";
        int at = 0;
        while (length - at > HeaderLength + MessageHeaderLength && !d.IsCut)
        {
            PacketBytes unit = bytes.From(at);
            if (unit.Fetch(0, HeaderLength).IsEmpty) return;
            string start = d.Verbosity > 0 ? "\n\t" : "";
            int version = unit.U16(0), unitLength = unit.U16(LengthAt);
            if (version != 1)
            {
                d.Print($"{start}LDP version {version} packet not supported");
                return;
            }

            if (unitLength < HeaderLength - 4)
            {
                d.Print($"{start}LDP, pdu-length: {unitLength} (too short, < {HeaderLength - 4})");
                return;
            }

            d.Print($"{start}LDP, Label-Space-ID: {unit.Ipv4(RouterAt)}:{unit.U16(LabelSpaceAt)}, pdu-length: {unitLength}");
            if (d.Verbosity == 0) return;
            at += unitLength + 4;
            if (length >= at) continue;
            d.Print($" [remaining length {length - at + unitLength + 4} < {unitLength + 4}]");
            d.Invalid();
        }
    }
}
