using System.Buffers.Binary;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Streams;

namespace Trama.Scrubbing.Frames;

/// <summary>
/// Scrubs a record, layer by layer. What no layer explains is replaced whole; checksums are right afterwards where they were right, and
/// wrong where they were wrong.
/// </summary>
internal sealed class FrameScrubber(ScrubKey key, AddressMap addresses, StreamScrubber unknown)
{
    private const int IcmpHeader = 8, MaxQuotes = 2;
    private const ushort ArpType = 0x0806;

    private readonly LinkScrubber _links = new(key, addresses);
    private readonly NeighbourScrubber _neighbours = new(key, addresses);
    private readonly OptionScrubber _options = new(key, addresses);
    private readonly List<ChecksumSite> _checksums = [];
    private JoinedPart? _part;

    /// <summary>Scrubs a record.</summary>
    /// <param name="record">The record as it was read.</param>
    /// <param name="bytes">A copy of its bytes, which is changed.</param>
    /// <param name="stream">The stream that its payload belongs to; null for none.</param>
    /// <param name="part">What it is a fragment of; null where that is not known, and its part of a packet becomes filler.</param>
    public void Scrub(in Record record, Span<byte> bytes, ScrubbedStream? stream, JoinedPart? part = null)
    {
        _checksums.Clear();
        _part = part;
        PacketWalk walk = PacketWalk.Of(record);
        _links.Scrub(record.LinkType, bytes);
        Scrub(ref walk, record.Bytes, bytes, stream, 0);
        Restore(bytes);
    }

    /// <summary>Scrubs an IP packet that stands alone.</summary>
    /// <param name="packet">The packet as it was.</param>
    /// <param name="bytes">A copy of it, which is changed.</param>
    /// <param name="stream">The stream that its payload belongs to; null for none.</param>
    public void ScrubIp(ReadOnlySpan<byte> packet, Span<byte> bytes, ScrubbedStream? stream) => ScrubInner(packet, bytes, stream, 0);

    private void ScrubInner(ReadOnlySpan<byte> packet, Span<byte> bytes, ScrubbedStream? stream, int quotes)
    {
        var inner = new FrameScrubber(key, addresses, unknown);
        PacketWalk walk = PacketWalk.OfIp(packet);
        inner.Scrub(ref walk, packet, bytes, stream, quotes);
        inner.Restore(bytes);
    }

    private void Restore(Span<byte> bytes)
    {
        for (int site = _checksums.Count - 1; site >= 0; site--) _checksums[site].Restore(bytes);
    }

    private void Scrub(ref PacketWalk walk, ReadOnlySpan<byte> original, Span<byte> bytes, ScrubbedStream? stream, int quotes)
    {
        int end = bytes.Length, ipAt = -1, udpAt = -1;
        while (walk.TryMoveOn())
        {
            int at = walk.At;
            if (udpAt >= 0) _options.ScrubTunnel(bytes[udpAt..at]);
            udpAt = walk is { Layer: Layer.Transport, Protocol: IpProtocol.Udp } ? at : -1;
            Cut(ref end, at + walk.Bytes.Length, bytes);
            Span<byte> rest = bytes[at..end];
            switch (walk.Layer)
            {
                case Layer.Ethernet:
                    _links.ScrubEthernet(rest);
                    break;
                case Layer.Wireless:
                    _links.ScrubWireless(rest);
                    break;
                case Layer.Ip:
                    ipAt = at;
                    ScrubIp(original, rest, at);
                    break;
                case Layer.Extension when rest.Length >= 8:
                    IpProtocol protocol = walk.Protocol;
                    int length = protocol == IpProtocol.Ah ? (rest[1] + 2) << 2 : (rest[1] + 1) << 3;
                    if (protocol is IpProtocol.HopByHop or IpProtocol.Routing or IpProtocol.DestinationOptions or IpProtocol.Ah
                        or IpProtocol.Mobility) _options.ScrubExtension(protocol, rest[..Math.Min(length, rest.Length)]);
                    break;
                case Layer.Fragment:
                    if (_part is { } part && part.Packet.TryReplace(part.Offset, rest, this, stream)) return;
                    bool isFirst = walk.FragmentOffset == 0;
                    ScrubPart(rest, isFirst ? walk.Protocol : default);
                    return;
                case Layer.Transport:
                    if (!ScrubTransport(ref walk, original, bytes[..end], at, ipAt, stream, quotes)) return;
                    break;
            }
        }

        int from = walk.At;
        Cut(ref end, from + walk.Bytes.Length, bytes);
        Span<byte> last = bytes[from..end];
        if (from >= 2 && BinaryPrimitives.ReadUInt16BigEndian(original[(from - 2)..]) == ArpType) _neighbours.ScrubArp(last);
        else key.Replace(last);
    }

    // What a layer does not count any more is padding.
    private void Cut(ref int end, int now, Span<byte> bytes)
    {
        if (now >= end) return;
        key.Replace(bytes[now..end]);
        end = now;
    }

    private void ScrubIp(ReadOnlySpan<byte> original, Span<byte> packet, int at)
    {
        if (Ipv4Header.TryParse(packet, out Ipv4Header header) == ParseStatus.Complete)
        {
            if (ChecksumSite.OfHeader(original, at, header.Length) is { } site) _checksums.Add(site);
            addresses.Map(packet.Slice(Ipv4Header.SourceAt, sizeof(uint)));
            addresses.Map(packet.Slice(Ipv4Header.DestinationAt, sizeof(uint)));
            _options.ScrubIp(packet[Ipv4Header.MinimumLength..header.Length]);
        }
        else if (Ipv6Header.TryParse(packet, out _) == ParseStatus.Complete)
        {
            addresses.Map(packet.Slice(Ipv6Header.SourceAt, 16));
            addresses.Map(packet.Slice(Ipv6Header.DestinationAt, 16));
        }
        else key.Replace(packet);
    }

    // False where nothing more is to be walked through.
    private bool ScrubTransport(
        ref PacketWalk walk, ReadOnlySpan<byte> original, Span<byte> bytes, int at, int ipAt, ScrubbedStream? stream, int quotes)
    {
        Span<byte> rest = bytes[at..];
        bool isWhole = quotes == 0 && rest.Length >= walk.WireLength;
        IpProtocol protocol = walk.Protocol;
        switch (protocol)
        {
            case IpProtocol.Tcp:
                if (isWhole && rest.Length >= TcpHeader.MinimumLength)
                    AddChecksum(original, at, TcpHeader.ChecksumAt, rest.Length, ipAt, protocol);
                ScrubTcp(rest, stream);
                if (!isWhole && rest.Length > TcpHeader.ChecksumAt + 1)
                    CutChecksum.Update(original, bytes, at, ipAt, walk.WireLength, stream);
                return false;
            case IpProtocol.Udp when rest.Length >= UdpHeader.Length:
                if (BinaryPrimitives.ReadUInt16BigEndian(rest[UdpHeader.ChecksumAt..]) != 0)
                {
                    if (isWhole) AddChecksum(original, at, UdpHeader.ChecksumAt, rest.Length, ipAt, protocol);
                    else key.Replace(rest.Slice(UdpHeader.ChecksumAt, 2));
                }

                return true;
            case IpProtocol.Gre or IpProtocol.Ipv4 or IpProtocol.Ipv6:
                return true;
            case IpProtocol.Icmp or IpProtocol.Icmpv6 when rest.Length >= IcmpHeader:
                if (isWhole) AddChecksum(original, at, 2, rest.Length, protocol == IpProtocol.Icmp ? -1 : ipAt, protocol);
                ScrubIcmp(rest, protocol == IpProtocol.Icmpv6, quotes);
                return false;
            default:
                key.Replace(rest);
                return false;
        }
    }

    private void AddChecksum(ReadOnlySpan<byte> original, int at, int field, int length, int ipAt, IpProtocol protocol) =>
        _checksums.Add(ChecksumSite.OfTransport(original, at + field, at, length, ipAt, protocol));

    private void ScrubTcp(Span<byte> segment, ScrubbedStream? stream)
    {
        if (segment.Length < TcpHeader.MinimumLength)
        {
            // Ports and sequence number are quoted at least; the acknowledgement after them, too.
            if (segment.Length > TcpHeader.OffsetAndFlagsAt) key.Replace(segment[TcpHeader.OffsetAndFlagsAt..]);
            return;
        }

        int length = Math.Clamp(TcpHeader.LengthIn(segment[TcpHeader.OffsetAndFlagsAt]), TcpHeader.MinimumLength, segment.Length);
        _options.ScrubTcp(segment[TcpHeader.MinimumLength..length]);
        Span<byte> payload = segment[length..];
        if (payload.IsEmpty) return;
        var sequence = new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(segment[TcpHeader.SequenceAt..]));
        if (((TcpFlags)segment[TcpHeader.OffsetAndFlagsAt + 1] & TcpFlags.Syn) != 0) sequence += 1;
        if (stream?.TryReplace(sequence, payload) != true && payload.ContainsAnyExcept((byte)0)) unknown.ScrubUnknown(payload);
    }

    // A part of a packet: only the first has the header, and no part all that a checksum covers.
    private void ScrubPart(Span<byte> part, IpProtocol protocol)
    {
        if (protocol == IpProtocol.Tcp) ScrubTcp(part, stream: null);
        else if (protocol == IpProtocol.Udp && part.Length >= UdpHeader.Length) key.Replace(part[UdpHeader.ChecksumAt..]);
        else key.Replace(part);
    }

    // Whether the four bytes before what a message carries are numbers: identifiers, lengths, places (IANA: ICMP and ICMPv6 Types).
    private static bool IsKnown(byte type, bool isIpv6) => isIpv6 ? type is <= 4 or >= 128 and <= 132 or 143 : type is 0 or >= 3 and <= 18;

    private void ScrubIcmp(Span<byte> message, bool isIpv6, int quotes)
    {
        if (isIpv6 && _neighbours.TryScrub(message)) return;
        bool quotesPacket = isIpv6 ? message[0] is > 0 and <= 4 : message[0] is 3 or 4 or 5 or 11 or 12;
        // A redirect names the better router (RFC 792).
        if (!isIpv6 && message[0] == 5) addresses.Map(message.Slice(4, sizeof(uint)));
        Span<byte> rest = message[IcmpHeader..];
        if (!IsKnown(message[0], isIpv6)) key.Replace(message.Slice(4, sizeof(uint)));
        if (!quotesPacket || quotes >= MaxQuotes) key.Replace(rest);
        else ScrubInner(rest.ToArray(), rest, null, quotes + 1);
    }
}
