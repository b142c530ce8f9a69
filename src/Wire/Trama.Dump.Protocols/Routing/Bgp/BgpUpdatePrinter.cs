namespace Trama.Dump.Protocols.Routing.Bgp;

/// <summary>Prints which routes a BGP speaker withdraws and announces (RFC 4271 section 4.3).</summary>
internal static class BgpUpdatePrinter
{
    public static void Print(Dissection d, PacketBytes message, int length)
    {
        int at = BgpPrinter.HeaderLength;
        if (!PrintWithdrawn(d, message, length, ref at, out bool withdrew)) d.Truncated();
        else if (length - at < 2) d.Truncated();
        else if (message.U16(at) == 0 && length - at == 2 && !withdrew) d.Print($"\n\t  End-of-Rib Marker (empty NLRI)");
        else if (!PrintAttributes(d, message, length, ref at)) d.Truncated();
        else if (at < length && !PrintAnnounced(d, message, at, length)) d.Truncated();
    }

    private static bool PrintWithdrawn(Dissection d, PacketBytes message, int length, ref int at, out bool withdrew)
    {
        withdrew = false;
        if (length - at < 2) return false;
        int left = message.U16(at);
        at += 2;
        if (length - at < left) return false;
        if (left <= 1)
        {
            at += left;
            return true;
        }

        d.Print($"\n\t  Withdrawn routes:");
        bool hasPathIds = BgpPrefix.HavePathIds(message.From(at), left, BgpPrefix.Ipv4Bits);
        while (left > 0)
        {
            if (hasPathIds && left < 4)
            {
                at += left;
                return true;
            }

            int advance = PrintRoute(d, message.From(at), left, hasPathIds);
            withdrew = advance == BgpPrefix.Illegal;
            if (advance < 0) return withdrew;
            at += advance;
            left -= advance;
        }

        return true;
    }

    private static bool PrintAnnounced(Dissection d, PacketBytes message, int at, int end)
    {
        bool hasPathIds = BgpPrefix.HavePathIds(message.From(at), end - at, BgpPrefix.Ipv4Bits);
        d.Print($"\n\t  Updated routes:");
        while (at < end)
        {
            if (hasPathIds && end - at < 4) return false;
            int advance = PrintRoute(d, message.From(at), end - at, hasPathIds);
            if (advance < 0) return advance == BgpPrefix.Illegal;
            at += advance;
        }

        return true;
    }

    /// <summary>Prints one IPv4 prefix on its line, with the number of its path where there is one (RFC 7911).</summary>
    private static int PrintRoute(Dissection d, PacketBytes bytes, int length, bool hasPathId)
    {
        int idLength = hasPathId ? 4 : 0;
        int start = d.Output.Length;
        d.Print($"\n\t    ");
        int advance = BgpPrefix.Print(d, bytes.From(idLength), length - idLength, BgpPrefix.Ipv4Bits);
        if (advance == BgpPrefix.Illegal) d.Print($"(illegal prefix length)");
        if (advance == BgpPrefix.Short) d.Output.Length = start;
        if (advance < 0) return advance;
        if (hasPathId) d.Print($"   Path Id: {bytes.U32(0)}");
        return advance + idLength;
    }

    private static bool PrintAttributes(Dissection d, PacketBytes message, int length, ref int at)
    {
        int left = message.U16(at);
        at += 2;
        if (length - at < left) return false;
        while (left > 0 && !d.IsCut)
        {
            if (left < 2)
            {
                d.Print($"\n\t  [path attrs too short]");
                at += left;
                return true;
            }

            int flags = message.U8(at), type = message.U8(at + 1);
            int lengthSize = (flags & 0x10) != 0 ? 2 : 1;
            at += 2;
            left -= 2;
            if (length - at < lengthSize) return false;
            if (left < lengthSize)
            {
                d.Print($"\n\t  [path attrs too short]");
                at += left;
                return true;
            }

            int attributeLength = lengthSize == 2 ? message.U16(at) : message.U8(at);
            at += lengthSize;
            left -= lengthSize;
            d.Print($"\n\t  ");
            BgpAttributePrinter.PrintHeader(d, type, flags, attributeLength);
            if (flags != 0) d.Print($": ");
            if (left < attributeLength)
            {
                d.Print($" [path attrs too short]");
                at += left;
                return true;
            }

            if (!BgpAttributePrinter.Print(d, type, message.From(at).First(attributeLength), 0)) return false;
            at += attributeLength;
            left -= attributeLength;
        }

        return true;
    }
}
