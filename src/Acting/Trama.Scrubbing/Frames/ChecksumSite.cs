using System.Buffers.Binary;
using Trama.Packets.Building;
using Trama.Packets.Network;

namespace Trama.Scrubbing.Frames;

/// <summary>
/// A checksum in a packet, and whether it was right: afterwards it is right or wrong as before. One that only covers the addresses, which
/// the sender's device was to complete, stays such.
/// </summary>
internal readonly struct ChecksumSite
{
    private readonly int _at, _from, _length, _ipAt;
    private readonly IpProtocol _protocol;
    private readonly bool _isPartial;
    private readonly ushort _error;

    private ChecksumSite(ReadOnlySpan<byte> packet, int at, int from, int length, int ipAt, IpProtocol protocol)
    {
        (_at, _from, _length, _ipAt, _protocol) = (at, from, length, ipAt, protocol);
        ushort field = BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
        _isPartial = ipAt >= 0 && field == (ushort)~Pseudo(packet).Value;
        if (!_isPartial) _error = (ushort)(field ^ Right(packet));
    }

    /// <summary>That of an IPv4 header; null where it is left to the device.</summary>
    public static ChecksumSite? OfHeader(ReadOnlySpan<byte> packet, int ipAt, int length)
    {
        int at = ipAt + Ipv4Header.ChecksumAt;
        return packet[at] == 0 && packet[at + 1] == 0 ? null : new ChecksumSite(packet, at, ipAt, length, -1, default);
    }

    /// <summary>That of what IP carries, all of which was captured.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="at">Where the checksum is.</param>
    /// <param name="from">Where what it covers begins.</param>
    /// <param name="length">How long that is.</param>
    /// <param name="ipAt">Where the IP header is whose addresses it covers; -1 for none.</param>
    /// <param name="protocol">What IP carries.</param>
    public static ChecksumSite OfTransport(ReadOnlySpan<byte> packet, int at, int from, int length, int ipAt, IpProtocol protocol) =>
        new(packet, at, from, length, ipAt, protocol);

    /// <summary>Makes it right or wrong again, as it was.</summary>
    public void Restore(Span<byte> packet)
    {
        ushort value = _isPartial ? (ushort)~Pseudo(packet).Value : (ushort)(Right(packet) ^ _error);
        BinaryPrimitives.WriteUInt16BigEndian(packet[_at..], value);
    }

    private ushort Right(ReadOnlySpan<byte> packet)
    {
        InternetChecksum sum = _ipAt >= 0 ? Pseudo(packet) : default;
        ReadOnlySpan<byte> covered = packet.Slice(_from, _length);
        int at = _at - _from;
        ushort value = sum.Add(covered[..at]).Add(covered[(at + 2)..]).Value;
        // UDP has another word for a sum of zero, which stands for none (RFC 768).
        return value == 0 && _protocol == IpProtocol.Udp ? ushort.MaxValue : value;
    }

    private InternetChecksum Pseudo(ReadOnlySpan<byte> packet)
    {
        bool isIpv6 = packet[_ipAt] >> 4 == 6;
        (int source, int size) = isIpv6 ? (Ipv6Header.SourceAt, 16) : (Ipv4Header.SourceAt, 4);
        return PacketBuilder.PseudoHeader(IpAddress.FromBytes(packet.Slice(_ipAt + source, size)),
            IpAddress.FromBytes(packet.Slice(_ipAt + source + size, size)), _protocol, _length);
    }
}
