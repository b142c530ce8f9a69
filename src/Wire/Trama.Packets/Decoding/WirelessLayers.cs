using Trama.Packets.Link;

namespace Trama.Packets.Decoding;

/// <summary>Takes the headers of 802.11 off a packet. Each method answers what follows.</summary>
internal static class WirelessLayers
{
    private const int ChecksumLength = 4;

    // Of several frames in one: two addresses and a length.
    private const int SubframeHeaderLength = 14;
    private const int SubframeLengthAt = 12;

    /// <summary>What the device says of a frame, then the frame.</summary>
    public static Layer Radiotap(ref Slice slice)
    {
        if (RadiotapHeader.TryParse(slice.Bytes, out RadiotapHeader header) != ParseStatus.Complete) return Layer.Unknown;
        slice = slice.From(header.Length);
        if ((header.Flags & RadiotapHeader.HasChecksum) != 0) slice = slice.Narrow(slice.WireLength - ChecksumLength);
        return Frame(ref slice, isPadded: (header.Flags & RadiotapHeader.IsPadded) != 0);
    }

    /// <summary>A data frame in clear; of several in one the first.</summary>
    /// <param name="slice">The packet from there on; what follows afterwards.</param>
    /// <param name="isPadded">Whether the header is filled up to a multiple of four bytes.</param>
    public static Layer Frame(ref Slice slice, bool isPadded)
    {
        if (WirelessHeader.TryParse(slice.Bytes, out WirelessHeader header) != ParseStatus.Complete) return Layer.Unknown;
        if (header.IsProtected) return Layer.Unknown;
        slice = slice.From(isPadded ? header.Length + 3 & ~3 : header.Length);
        if (!header.HasSeveral) return Layer.Llc;
        if (slice.Bytes.Length < SubframeHeaderLength) return Layer.Unknown;
        int length = (ushort)LinkLayers.TypeAt(slice.Bytes, SubframeLengthAt);
        slice = slice.From(SubframeHeaderLength).Narrow(length);
        return Layer.Llc;
    }
}
