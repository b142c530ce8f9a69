using Trama.Packets.Network;

namespace Trama.Dump.Network;

/// <summary>
/// Prints the routing header of IPv6: types 0 and 2 (RFC 8200 section 4.4, RFC 6275 section 6.4) and segment routing (RFC 8754).
/// </summary>
internal static class Ipv6Route
{
    private const int FixedLength = 8;
    private const int AddressLength = 16;

    /// <summary>Prints the header.</summary>
    /// <returns>The header's length, or -1 when nothing behind it can be printed.</returns>
    public static int Print(Dissection d, PacketBytes bytes)
    {
        d.Protocol = "rt6";
        LineWriter output = d.Output;
        output.Append("RT6"u8);
        int units = bytes.U8(1);
        output.Append($" (len={units}");
        int type = bytes.U8(2);
        output.Append($", type={type}");
        if (type == 0) output.Append(" [Deprecated]"u8);
        output.Append($", segleft={bytes.U8(3)}");
        switch (type)
        {
            case 0 or 2:
                if (bytes.U32(4) is var reserved && (reserved != 0 || d.Verbosity > 0)) output.Append($", rsv=0x{reserved:x}");
                return PrintAddresses(d, bytes, units);
            case 4:
                output.Append($", last-entry={bytes.U8(4)}");
                if (bytes.U8(5) is var flags && (flags != 0 || d.Verbosity > 0)) output.Append($", flags=0x{flags:x}");
                output.Append($", tag={bytes.U16(6):x}");
                return PrintAddresses(d, bytes, units);
            default:
                output.Append(" (unknown type)"u8);
                d.Invalid();
                return -1;
        }
    }

    /// <summary>Where a packet goes in the end: the last address of a routing header, else its destination.</summary>
    public static ReadOnlySpan<byte> FinalDestination(PacketBytes packet)
    {
        ReadOnlySpan<byte> bytes = packet.Captured;
        ReadOnlySpan<byte> destination = packet.Fetch(24, AddressLength);
        if (destination.IsEmpty) return destination;
        var next = (IpProtocol)bytes[6];
        for (int at = Ipv6Header.Length; at + 8 <= bytes.Length;)
        {
            int length = next == IpProtocol.Fragment ? FixedLength : (bytes[at + 1] + 1) << 3;
            if (next == IpProtocol.Routing) return bytes[at + 2] is 0 or 2 or 4 ? RoutedTo(bytes[at..], destination) : destination;
            if (next is not (IpProtocol.HopByHop or IpProtocol.DestinationOptions or IpProtocol.Fragment)) break;
            next = (IpProtocol)bytes[at];
            at += length;
        }

        return destination;
    }

    private static ReadOnlySpan<byte> RoutedTo(ReadOnlySpan<byte> header, ReadOnlySpan<byte> destination)
    {
        int units = header[1];

        // Segment routing lists the segments backwards, the last one first.
        int at = header[2] == 4 ? FixedLength : FixedLength + (units / 2 - 1) * AddressLength;
        bool isWhole = at >= FixedLength && (header[2] == 4 || units % 2 == 0) && at + AddressLength <= header.Length;
        return isWhole ? header.Slice(at, AddressLength) : destination;
    }

    private static int PrintAddresses(Dissection d, PacketBytes bytes, int units)
    {
        if (units % 2 == 1)
        {
            d.Output.Append($" (invalid length {units})");
            d.Invalid();
            return -1;
        }

        for (int i = 0; i < units >> 1; i++)
        {
            int at = FixedLength + i * AddressLength;
            if (!bytes.Has(at, AddressLength))
            {
                d.Truncated();
                return -1;
            }

            d.Output.Append($", [{i}]");
            d.Addresses.AppendIpv6(bytes, at);
        }

        d.Output.Append(") "u8);
        return (units + 1) << 3;
    }
}
