using Trama.Dump.Text;
using Trama.Packets.Link;
using Trama.Packets.Network;

namespace Trama.Dump.Network;

/// <summary>Prints the extensions behind the packet that an ICMP error quotes (RFC 4884), among them MPLS labels (RFC 4950).</summary>
internal static class IcmpExtensionPrinter
{
    private const int QuotedLengthAt = 5, ExtensionAt = 136, HeaderLength = 4, ObjectHeaderLength = 4;
    private const int MplsStackClass = 1;

    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        int left = length - ExtensionAt;
        if (left <= 0) return;
        _ = bytes.Fetch(0, ExtensionAt + HeaderLength + 1);
        PacketBytes extension = bytes.From(ExtensionAt);

        // Without a length field only a checksum that fits tells extensions from the quoted packet's own bytes.
        bool whole = extension.Has(left);
        bool sumFits = whole && default(InternetChecksum).Add(extension.Captured[..left]).Value == 0;
        if (bytes.U8(QuotedLengthAt) == 0 && whole && !sumFits) return;

        int version = extension.U8(0) >> 4;
        d.Print($"\n\tICMP Multi-Part extension v{version}");
        if (version != 2)
        {
            d.Print($" packet not supported");
            return;
        }

        if (whole) d.Print($", checksum 0x{extension.U16(2):x4} ({(sumFits ? "" : "in")}correct), length {left}");
        PrintObjects(d, extension.From(HeaderLength), left - HeaderLength);
    }

    private static void PrintObjects(Dissection d, PacketBytes objects, int left)
    {
        int at = 0;
        while (left > ObjectHeaderLength && !d.IsCut)
        {
            int length = objects.U16(at), classNumber = objects.U8(at + 2), type = objects.U8(at + 3);
            string name = classNumber switch { 1 => "MPLS Stack Entry", 2 => "Interface Identification", _ => "unknown" };
            d.Print($"\n\t  {name} Object ({classNumber}), Class-Type: {type}, length {length}");
            if (classNumber == 0 || length < ObjectHeaderLength) return;
            at += ObjectHeaderLength;
            left -= ObjectHeaderLength;
            length -= ObjectHeaderLength;
            if (classNumber == MplsStackClass && type == 1) PrintLabel(d, objects.U32(at));
            else d.Output.AppendHexLines(objects.From(at).First(length).Captured, "\n\t    "u8);
            at += length;
            left -= length;
        }
    }

    private static void PrintLabel(Dissection d, uint entry)
    {
        d.Print($"\n\t    label {entry >> 12}, tc {entry >> 9 & 7}");
        if ((entry & MplsHeader.BottomOfStack) != 0) d.Print($", [S]");
        d.Print($", ttl {entry & 0xff}");
    }
}
