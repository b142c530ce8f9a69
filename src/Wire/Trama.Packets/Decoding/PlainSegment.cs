using System.Runtime.InteropServices;
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
    private const int TcpAt = EthernetHeader.Length + Ipv4Header.MinimumLength;
    private const uint Ipv4WithoutOptions = 0x0800_45_00;
    private const int FragmentBits = Ipv4Header.MoreFragmentsFlag | Ipv4Header.FragmentOffsetMask;

    /// <summary>Whether the record is such a packet, and then its segment.</summary>
    public static bool TryRead(scoped in Record record, ref TcpSegment segment)
    {
        ReadOnlySpan<byte> bytes = record.Bytes;
        if (record.LinkType != LinkType.Ethernet || bytes.Length < PlainHeader.Length) return false;
        ref readonly PlainHeader header = ref MemoryMarshal.AsRef<PlainHeader>(bytes);
        // Type, version and header length; the type of service does not matter.
        if ((header.Type & 0xffff_ff_00) != Ipv4WithoutOptions || header.Protocol != (byte)IpProtocol.Tcp) return false;
        if ((header.Fragment & FragmentBits) != 0) return false;
        int length = header.TotalLength;
        int onWire = length - Ipv4Header.MinimumLength;
        ushort offsetAndFlags = header.OffsetAndFlags;
        int headerLength = TcpHeader.LengthIn((byte)(offsetAndFlags >> 8));
        ReadOnlySpan<byte> tcp = bytes[TcpAt..];
        if (length > record.OriginalLength - EthernetHeader.Length) return false;
        if (headerLength < TcpHeader.MinimumLength || headerLength > onWire || headerLength > tcp.Length) return false;

        segment.Timestamp = record.Timestamp;
        segment.Source = header.Source;
        segment.Destination = header.Destination;
        segment.Sequence = header.Sequence;
        segment.Acknowledgement = header.Acknowledgement;
        segment.Flags = (TcpFlags)(offsetAndFlags & TcpHeader.FlagsMask);
        segment.Window = header.Window;
        segment.Checksum = header.Checksum;
        segment.UrgentPointer = header.UrgentPointer;
        segment.HeaderLength = headerLength;
        segment.Options = tcp[TcpHeader.MinimumLength..headerLength];
        segment.Payload = tcp[headerLength..Math.Min(tcp.Length, onWire)];
        segment.PayloadLength = onWire - headerLength;
        Padding.TakeOff(ref segment);
        segment.IpIdentification = header.Identification;
        segment.TimeToLive = header.TimeToLive;
        segment.Sight = record.InterfaceId;
        segment.PayloadNote = record.PayloadNote;
        return true;
    }
}
