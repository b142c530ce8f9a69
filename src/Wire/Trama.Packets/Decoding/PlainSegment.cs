using System.Buffers.Binary;
using Trama.Packets.Link;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Packets.Decoding;

/// <summary>
/// Reads the commonest of all packets in one go: TCP in an IPv4 header without options, whole, in Ethernet. Says what
/// the layers would say one after another.
/// </summary>
internal static class PlainSegment
{
    private const int IpLength = Ipv4Header.MinimumLength;
    private const int TcpAt = EthernetHeader.Length + IpLength;
    private const uint Ipv4WithoutOptions = 0x0800_45_00;
    private const int FragmentBits = Ipv4Header.MoreFragmentsFlag | Ipv4Header.FragmentOffsetMask;

    /// <summary>Whether the record is such a packet, and then its segment.</summary>
    public static bool TryRead(scoped in Record record, ref TcpSegment segment)
    {
        ReadOnlySpan<byte> bytes = record.Bytes;
        if (record.LinkType != LinkType.Ethernet || bytes.Length < TcpAt + TcpHeader.MinimumLength) return false;
        // Type, version and header length; the type of service does not matter.
        if ((BinaryPrimitives.ReadUInt32BigEndian(bytes[EthernetHeader.TypeAt..]) & 0xffff_ff_00) != Ipv4WithoutOptions) return false;
        ReadOnlySpan<byte> ip = bytes.Slice(EthernetHeader.Length, IpLength);
        if (ip[Ipv4Header.ProtocolAt] != (byte)IpProtocol.Tcp) return false;
        if ((BinaryPrimitives.ReadUInt16BigEndian(ip[Ipv4Header.FragmentAt..]) & FragmentBits) != 0) return false;
        ReadOnlySpan<byte> tcp = bytes[TcpAt..];
        int length = BinaryPrimitives.ReadUInt16BigEndian(ip[Ipv4Header.TotalLengthAt..]);
        int onWire = length - IpLength;
        int headerLength = TcpHeader.LengthIn(tcp[TcpHeader.OffsetAndFlagsAt]);
        if (length > record.OriginalLength - EthernetHeader.Length) return false;
        if (headerLength < TcpHeader.MinimumLength || headerLength > onWire || headerLength > tcp.Length) return false;

        segment.Timestamp = record.Timestamp;
        segment.Source = EndpointAt(ip[Ipv4Header.SourceAt..], tcp[TcpHeader.SourcePortAt..]);
        segment.Destination = EndpointAt(ip[Ipv4Header.DestinationAt..], tcp[TcpHeader.DestinationPortAt..]);
        segment.Sequence = new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(tcp[TcpHeader.SequenceAt..]));
        segment.Acknowledgement = new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(tcp[TcpHeader.AcknowledgementAt..]));
        segment.Flags = (TcpFlags)(BinaryPrimitives.ReadUInt16BigEndian(tcp[TcpHeader.OffsetAndFlagsAt..]) & TcpHeader.FlagsMask);
        segment.Window = BinaryPrimitives.ReadUInt16BigEndian(tcp[TcpHeader.WindowAt..]);
        segment.Checksum = BinaryPrimitives.ReadUInt16BigEndian(tcp[TcpHeader.ChecksumAt..]);
        segment.UrgentPointer = BinaryPrimitives.ReadUInt16BigEndian(tcp[TcpHeader.UrgentPointerAt..]);
        segment.HeaderLength = headerLength;
        segment.Options = tcp[TcpHeader.MinimumLength..headerLength];
        segment.Payload = tcp[headerLength..Math.Min(tcp.Length, onWire)];
        segment.PayloadLength = onWire - headerLength;
        Padding.TakeOff(ref segment);
        segment.IpIdentification = BinaryPrimitives.ReadUInt16BigEndian(ip[Ipv4Header.IdentificationAt..]);
        segment.TimeToLive = ip[Ipv4Header.TimeToLiveAt];
        segment.Sight = record.InterfaceId;
        return true;
    }

    private static Endpoint EndpointAt(ReadOnlySpan<byte> address, ReadOnlySpan<byte> port) =>
        new(IpAddress.FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(address)), BinaryPrimitives.ReadUInt16BigEndian(port));
}
