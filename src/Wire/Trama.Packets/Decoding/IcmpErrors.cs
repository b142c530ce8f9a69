using System.Buffers.Binary;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Packets.Decoding;

/// <summary>Reads the TCP segment that an ICMP error quotes.</summary>
internal static class IcmpErrors
{
    private const int IcmpLength = 8;

    // Only the ports and the sequence number are sure to be quoted (RFC 792: 64 bits of the data).
    private const int QuotedLength = 8;

    /// <summary>RFC 792: destination unreachable, source quench, redirect, time exceeded, parameter problem.</summary>
    public static bool TryReadIcmp(Slice slice, in IpContext ip, Timestamp timestamp, out QuotedSegment quote)
    {
        quote = default;
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < IcmpLength || bytes[0] is not (3 or 4 or 5 or 11 or 12)) return false;
        ReadOnlySpan<byte> quoted = bytes[IcmpLength..];
        if (Ipv4Header.TryParse(quoted, out Ipv4Header header) != ParseStatus.Complete) return false;
        if (header.Protocol != IpProtocol.Tcp || header.FragmentOffset != 0) return false;
        // RFC 1191 section 4: "fragmentation needed" carries the next hop's MTU.
        int mtu = bytes[0] == 3 && bytes[1] == 4 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) : 0;
        return TryRead(quoted[header.Length..], header.Source, header.Destination, bytes, mtu, in ip, timestamp, out quote);
    }

    /// <summary>RFC 4443 section 3: types 1 to 4.</summary>
    public static bool TryReadIcmpv6(Slice slice, in IpContext ip, Timestamp timestamp, out QuotedSegment quote)
    {
        quote = default;
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < IcmpLength || bytes[0] is 0 or > 4) return false;
        ReadOnlySpan<byte> quoted = bytes[IcmpLength..];
        if (Ipv6Header.TryParse(quoted, out Ipv6Header header) != ParseStatus.Complete) return false;
        if (header.NextHeader != IpProtocol.Tcp) return false;
        int mtu = bytes[0] == 2 ? (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]), int.MaxValue) : 0;
        return TryRead(quoted[Ipv6Header.Length..], header.Source, header.Destination, bytes, mtu, in ip, timestamp, out quote);
    }

    private static bool TryRead(
        ReadOnlySpan<byte> tcp, IpAddress source, IpAddress destination, ReadOnlySpan<byte> icmp, int mtu,
        in IpContext ip, Timestamp timestamp, out QuotedSegment quote)
    {
        quote = default;
        if (tcp.Length < QuotedLength) return false;
        quote = new QuotedSegment(
            timestamp, ip.Source, ip.Source.IsIpv6, icmp[0], icmp[1], mtu,
            new Endpoint(source, BinaryPrimitives.ReadUInt16BigEndian(tcp)),
            new Endpoint(destination, BinaryPrimitives.ReadUInt16BigEndian(tcp[2..])),
            new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(tcp[4..])));
        return true;
    }
}
