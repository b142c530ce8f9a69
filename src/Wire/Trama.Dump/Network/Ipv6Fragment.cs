namespace Trama.Dump.Network;

/// <summary>Prints the fragment header of IPv6, RFC 8200 section 4.5.</summary>
internal static class Ipv6Fragment
{
    private const int HeaderLength = 8;
    private const int OffsetMask = 0xfff8;

    /// <summary>Prints the header.</summary>
    /// <param name="d">The packet in progress.</param>
    /// <param name="bytes">The captured bytes of the header.</param>
    /// <param name="packet">The packet from its IPv6 header on.</param>
    /// <param name="at">Where in <paramref name="packet"/> the header starts.</param>
    /// <returns>The header's length, or -1 when nothing behind it can be printed: it is not the first fragment.</returns>
    public static int Print(Dissection d, PacketBytes bytes, PacketBytes packet, int at)
    {
        d.Protocol = "frag6";
        int offset = bytes.U16(2) & OffsetMask;
        ulong length = (ulong)(40L + packet.U16(4) - at - HeaderLength);
        if (d.Verbosity > 0) d.Output.Append($"frag (0x{bytes.U32(4):x8}:{offset}|{length})");
        else d.Output.Append($"frag ({offset}|{length})");
        if (offset != 0) return -1;
        d.Output.Append((byte)' ');
        return HeaderLength;
    }
}
