using Trama.Packets.Network;

namespace Trama.Dump.Protocols.Routing.Bgp;

/// <summary>Prints the address prefixes that BGP routes are made of: a length in bits, and as many bytes as those need.</summary>
internal static class BgpPrefix
{
    /// <summary>What is returned when a prefix has more bits than its addresses do; that ends the list.</summary>
    public const int Illegal = -1;

    /// <summary>What is returned when the bytes end before the prefix does.</summary>
    public const int Short = -2;

    /// <summary>The bits of an IPv4 address.</summary>
    public const int Ipv4Bits = 32;

    /// <summary>The bits of an IPv6 address.</summary>
    public const int Ipv6Bits = 128;

    private const int LabelBits = 24, DistinguisherBits = 64;

    /// <summary>Prints a plain prefix.</summary>
    /// <returns>How many bytes it took, <see cref="Illegal"/> or <see cref="Short"/>.</returns>
    public static int Print(Dissection d, PacketBytes bytes, int length, int addressBits)
    {
        if (length < 1) return Short;
        int bits = bytes.U8(0);
        if (bits > addressBits) return Illegal;
        int size = (bits + 7) / 8;
        if (length - 1 < size) return Short;
        PrintAddress(d, bytes, 1, bits, addressBits);
        return 1 + size;
    }

    /// <summary>
    /// Prints a prefix with a label before it (RFC 8277); where it belongs to a VPN, with its route distinguisher too (RFC 4364).
    /// </summary>
    /// <returns>How many bytes it took, <see cref="Illegal"/> or <see cref="Short"/>.</returns>
    public static int PrintLabeled(Dissection d, PacketBytes bytes, int length, int addressBits, bool inVpn)
    {
        int headBits = inVpn ? LabelBits + DistinguisherBits : LabelBits;
        int headLength = 1 + headBits / 8;
        if (!inVpn && length < headLength) return Short;
        int bits = bytes.U8(0) - headBits;
        if (bits < 0 || bits > addressBits) return Illegal;
        int size = (bits + 7) / 8;
        if (!inVpn && length - headLength < size) return Short;
        if (inVpn)
        {
            d.Print($"RD: ");
            PrintDistinguisher(d, bytes.From(4));
            d.Print($", ");
        }

        PrintAddress(d, bytes, headLength, bits, addressBits);
        d.Print($", label:{bytes.U24(1) >> 4} {((bytes.U8(3) & 1) == 0 ? "(BOGUS: Bottom of Stack NOT set!)" : "(bottom)")}");
        return headLength + size;
    }

    /// <summary>Prints a route distinguisher (RFC 4364 section 4.2).</summary>
    public static void PrintDistinguisher(Dissection d, PacketBytes bytes)
    {
        switch (bytes.U16(0))
        {
            case 0:
                d.Print($"{bytes.U16(2)}:{bytes.U32(4)} (= {bytes.Ipv4(4):n})");
                break;
            case 1:
                d.Print($"{bytes.Ipv4(2):n}:{bytes.U16(6)}");
                break;
            case 2:
                d.Print($"{bytes.U32(2)}:{bytes.U16(6)} ({bytes.Ipv4(2):n}:{bytes.U16(6)})");
                break;
            default:
                d.Print($"unknown RD format");
                break;
        }
    }

    /// <summary>Prints a route target that a speaker wants routes of, and who asks (RFC 4684 section 4).</summary>
    /// <returns>How many bytes it took, or <see cref="Illegal"/>.</returns>
    public static int PrintRouteTarget(Dissection d, PacketBytes bytes)
    {
        int bits = bytes.U8(0);
        if (bits == 0)
        {
            d.Print($"default route target");
            return 1;
        }

        bits -= 32;
        if (bits is < 0 or > 64)
        {
            d.Print($"(illegal prefix length)");
            return Illegal;
        }

        int size = (bits + 7) / 8;
        Span<byte> target = stackalloc byte[8];
        CopyPrefix(bytes.Fetch(5, size), bits, target);
        d.Print($"origin AS: {bytes.U32(1)}, ");
        BgpExtendedCommunity.PrintTarget(d, target, bits);
        return 5 + size;
    }

    /// <summary>Whether each prefix of a list has the number of a path before it (RFC 7911), which nothing in the message tells.</summary>
    public static bool HavePathIds(PacketBytes bytes, int length, int addressBits)
    {
        if (length < 5) return false;
        int at = 0;
        while (at < length)
        {
            at += 4;
            if (!bytes.Has(at, 1)) break;
            int bits = bytes.U8(at);
            if (bits > addressBits) return false;
            at += 1 + (bits + 7) / 8;
        }

        if (at > length) return false;
        at = 0;
        while (at < length && bytes.Has(at, 1))
        {
            int bits = bytes.U8(at);
            if (bits < 1 || bits > addressBits) return true;
            at += 1 + (bits + 7) / 8;
        }

        return at > length;
    }

    private static void PrintAddress(Dissection d, PacketBytes bytes, int at, int bits, int addressBits)
    {
        Span<byte> address = stackalloc byte[16];
        CopyPrefix(bytes.Fetch(at, (bits + 7) / 8), bits, address);
        d.Print($"{IpAddress.FromBytes(address[..(addressBits / 8)])}/{bits}");
    }

    /// <summary>Copies the bytes of a prefix, with the bits behind its end cleared.</summary>
    private static void CopyPrefix(ReadOnlySpan<byte> prefix, int bits, Span<byte> destination)
    {
        prefix.CopyTo(destination);
        if (bits % 8 != 0 && !prefix.IsEmpty) destination[prefix.Length - 1] &= (byte)(0xff00 >> (bits % 8));
    }
}
