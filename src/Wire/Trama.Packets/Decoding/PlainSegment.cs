using System.Buffers.Binary;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Packets.Decoding;

/// <summary>
/// Reads the commonest of all packets in one go: TCP in an IPv4 header without options, whole, in Ethernet. Says what
/// the layers would say one after another.
/// </summary>
internal static class PlainSegment
{
    private const int EthernetLength = 14;
    private const int IpLength = Ipv4Header.MinimumLength;
    private const int TcpAt = EthernetLength + IpLength;
    private const uint Ipv4WithoutOptions = 0x0800_45_00;
    private const int FragmentBits = 0x3fff;

    /// <summary>Whether the record is such a packet, and then its segment.</summary>
    public static bool TryRead(scoped in Record record, ref TcpSegment segment)
    {
        ReadOnlySpan<byte> bytes = record.Bytes;
        if (record.LinkType != LinkType.Ethernet || bytes.Length < TcpAt + TcpHeader.MinimumLength) return false;
        // Type, version and header length; the type of service does not matter.
        if ((BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) & 0xffff_ff_00) != Ipv4WithoutOptions) return false;
        ReadOnlySpan<byte> ip = bytes.Slice(EthernetLength, IpLength);
        if (ip[9] != (byte)IpProtocol.Tcp || (BinaryPrimitives.ReadUInt16BigEndian(ip[6..]) & FragmentBits) != 0) return false;
        ReadOnlySpan<byte> tcp = bytes[TcpAt..];
        int length = BinaryPrimitives.ReadUInt16BigEndian(ip[2..]);
        int onWire = Math.Min(length, record.OriginalLength - EthernetLength) - IpLength;
        int headerLength = tcp[12] >> 4 << 2;
        if (length == 0 || headerLength < TcpHeader.MinimumLength || headerLength > onWire || headerLength > tcp.Length) return false;

        segment.Timestamp = record.Timestamp;
        segment.Source = new Endpoint(IpAddress.FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(ip[12..])), BinaryPrimitives.ReadUInt16BigEndian(tcp));
        segment.Destination = new Endpoint(IpAddress.FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(ip[16..])), BinaryPrimitives.ReadUInt16BigEndian(tcp[2..]));
        segment.Sequence = new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]));
        segment.Acknowledgement = new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(tcp[8..]));
        segment.Flags = (TcpFlags)(BinaryPrimitives.ReadUInt16BigEndian(tcp[12..]) & 0x1ff);
        segment.Window = BinaryPrimitives.ReadUInt16BigEndian(tcp[14..]);
        segment.Checksum = BinaryPrimitives.ReadUInt16BigEndian(tcp[16..]);
        segment.UrgentPointer = BinaryPrimitives.ReadUInt16BigEndian(tcp[18..]);
        segment.HeaderLength = headerLength;
        segment.Options = tcp[TcpHeader.MinimumLength..headerLength];
        segment.Payload = tcp[headerLength..Math.Min(tcp.Length, onWire)];
        segment.PayloadLength = onWire - headerLength;
        segment.IpIdentification = BinaryPrimitives.ReadUInt16BigEndian(ip[4..]);
        segment.TimeToLive = ip[8];
        segment.Sight = record.InterfaceId;
        return true;
    }
}
