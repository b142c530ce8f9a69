using Trama.Packets.Link;

namespace Trama.Dump.Link.Wireless;

/// <summary>Prints what a device says of an 802.11 frame (radiotap), then the frame.</summary>
internal static class RadiotapPrinter
{
    private const int WordLength = 4, BitsOfWord = 32;
    private const uint OwnNamespace = 1u << 29, VendorNamespace = 1u << 30;
    private const uint NoFields = OwnNamespace | VendorNamespace | RadiotapHeader.ExtendedBit;

    /// <summary>Prints a record.</summary>
    /// <returns>How many bytes at the start are link layer.</returns>
    public static int Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "802.11_radio";
        int headerLength = bytes.Has(RadiotapHeader.MinimumLength) ? bytes.LittleU16(RadiotapHeader.LengthAt) : 0;
        if (headerLength < RadiotapHeader.MinimumLength || !bytes.Has(headerLength))
        {
            d.Truncated();
            return bytes.Length;
        }

        PacketBytes header = bytes.First(headerLength);
        if (!TryFindFields(header, out int words, out int at))
        {
            d.Truncated();
            return bytes.Length;
        }

        var fields = new RadiotapFields(header, at);
        PrintFields(d, header, words, ref fields);
        bool isPadded = (fields.Flags & RadiotapHeader.IsPadded) != 0, hasChecksum = (fields.Flags & RadiotapHeader.HasChecksum) != 0;
        return headerLength + WirelessPrinter.Print(d, bytes.From(headerLength), length - headerLength, isPadded, hasChecksum);
    }

    // The words of bits that tell which fields are there, then the fields.
    private static bool TryFindFields(PacketBytes header, out int words, out int at)
    {
        words = 1;
        at = RadiotapHeader.PresentAt + WordLength;
        while ((header.LittleU32(at - WordLength) & RadiotapHeader.ExtendedBit) != 0)
        {
            if (!header.Has(at, WordLength)) return false;
            words++;
            at += WordLength;
        }

        return true;
    }

    private static void PrintFields(Dissection d, PacketBytes header, int words, ref RadiotapFields fields)
    {
        int first = 0;
        for (int word = 0; word < words; word++)
        {
            uint present = header.LittleU32(RadiotapHeader.PresentAt + word * WordLength);
            for (int bit = 0; bit < BitsOfWord; bit++)
            {
                if ((present & ~NoFields & 1u << bit) == 0) continue;
                if (!fields.TryPrint(d, first + bit, present)) return;
            }

            // Fields of a vendor's own are not known.
            if ((present & VendorNamespace) != 0) return;
            first = (present & OwnNamespace) != 0 ? 0 : first + BitsOfWord;
        }
    }
}
