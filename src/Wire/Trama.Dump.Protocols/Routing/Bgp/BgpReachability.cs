using Trama.Dump.Text;

namespace Trama.Dump.Protocols.Routing.Bgp;

/// <summary>Prints the attributes that carry routes of other families than plain IPv4 (RFC 4760).</summary>
internal static class BgpReachability
{
    private const int Ipv4 = 1, Ipv6 = 2;
    private const int HeaderLength = 3, DistinguisherLength = 8;

    /// <summary>Prints announced routes and where they lead; false when the attribute broke off.</summary>
    public static bool PrintReach(Dissection d, PacketBytes bytes)
    {
        if (bytes.Length < HeaderLength) return false;
        if (!PrintFamily(d, bytes, out int family, out int subfamily)) return true;
        int at = HeaderLength;
        if (at >= bytes.Length) return false;
        int nextHopLength = bytes.U8(at++);
        if (bytes.Length - at < nextHopLength) return false;
        if (nextHopLength > 0)
        {
            d.Print($"\n\t    nexthop: ");
            PrintNextHops(d, family, subfamily, bytes.From(at).First(nextHopLength));
            at += nextHopLength;
        }

        d.Print($", nh-length: {nextHopLength}");
        if (!PrintAttachments(d, bytes, ref at)) return false;
        return PrintRoutes(d, family, subfamily, bytes, at);
    }

    /// <summary>Prints withdrawn routes; false when the attribute broke off.</summary>
    public static bool PrintUnreach(Dissection d, PacketBytes bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            d.Cut();
            return false;
        }

        if (!PrintFamily(d, bytes, out int family, out int subfamily)) return true;
        if (bytes.Length == HeaderLength) d.Print($"\n\t      End-of-Rib Marker (empty NLRI)");
        return PrintRoutes(d, family, subfamily, bytes, HeaderLength);
    }

    private static bool IsVpn(int subfamily) => subfamily is 128 or 129 or 130;

    private static bool PrintFamily(Dissection d, PacketBytes bytes, out int family, out int subfamily)
    {
        family = bytes.U16(0);
        subfamily = bytes.U8(2);
        d.Print($"\n\t    AFI: {BgpNames.Family(family) ?? "Unknown AFI"} ({family}), ");
        d.Print($"{(subfamily > 128 ? "vendor specific " : "")}SAFI: {BgpNames.Subfamily(subfamily) ?? "Unknown SAFI"} ({subfamily})");
        bool known = family is Ipv4 or Ipv6 && (subfamily is >= 1 and <= 4 || IsVpn(subfamily) || (family == Ipv4 && subfamily == 132));
        if (known) return true;
        d.Print($"\n\t    no AFI {family} / SAFI {subfamily} decoder");
        if (d.Verbosity <= 1) d.Output.AppendHexLines(bytes.Captured, "\n\t    "u8);
        return false;
    }

    private static void PrintNextHops(Dissection d, int family, int subfamily, PacketBytes hops)
    {
        int head = IsVpn(subfamily) ? DistinguisherLength : 0;
        int size = head + (family == Ipv4 ? 4 : 16);
        for (int at = 0; at < hops.Length; at += size)
        {
            if (at > 0) d.Print($", ");
            if (hops.Length - at < size)
            {
                d.Print($"invalid len");
                return;
            }

            if (head > 0)
            {
                d.Print($"RD: ");
                BgpPrefix.PrintDistinguisher(d, hops.From(at));
                d.Print($", ");
            }

            d.Print($"{(family == Ipv4 ? hops.Ipv4(at + head) : hops.Ipv6(at + head))}");
        }
    }

    /// <summary>Prints the subnetwork points of attachment of RFC 2858; RFC 4760 reserves their count.</summary>
    private static bool PrintAttachments(Dissection d, PacketBytes bytes, ref int at)
    {
        if (at >= bytes.Length) return false;
        int count = bytes.U8(at++);
        if (count == 0) d.Print($", no SNPA");
        else d.Print($"\n\t    {count} SNPA");
        for (; count > 0; count--)
        {
            if (at >= bytes.Length) return false;
            int length = bytes.U8(at++);
            d.Print($"\n\t      {length} bytes");
            if (bytes.Length - at < length) return false;
            at += length;
        }

        return true;
    }

    private static bool PrintRoutes(Dissection d, int family, int subfamily, PacketBytes bytes, int at)
    {
        int addressBits = family == Ipv4 ? BgpPrefix.Ipv4Bits : BgpPrefix.Ipv6Bits;
        bool plain = subfamily is >= 1 and <= 3;
        bool hasPathIds = plain && BgpPrefix.HavePathIds(bytes.From(at), bytes.Length - at, addressBits);
        while (at < bytes.Length && !d.IsCut)
        {
            int idLength = hasPathIds ? 4 : 0;
            PacketBytes route = bytes.From(at + idLength);
            int start = d.Output.Length;
            d.Print($"\n\t      ");
            int advance = plain
                ? BgpPrefix.Print(d, route, bytes.Length, addressBits)
                : subfamily == 132 ? BgpPrefix.PrintRouteTarget(d, route)
                : BgpPrefix.PrintLabeled(d, route, bytes.Length, addressBits, IsVpn(subfamily));
            if (advance == BgpPrefix.Illegal && subfamily != 132)
            {
                d.Output.Length = start;
                d.Print($"\n\t    (illegal prefix length)");
            }

            if (advance == BgpPrefix.Short)
            {
                d.Output.Length = start;
                return plain || subfamily == 4;
            }

            if (hasPathIds) d.Print($"   Path Id: {bytes.U32(at)}");
            if (advance < 0) return true;
            at += advance + idLength;
        }

        return true;
    }
}
