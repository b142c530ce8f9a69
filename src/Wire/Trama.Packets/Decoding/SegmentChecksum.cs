using Trama.Packets.Building;
using Trama.Packets.Network;

namespace Trama.Packets.Decoding;

/// <summary>Checks the checksum of a segment (RFC 9293 section 3.1).</summary>
public static class SegmentChecksum
{
    /// <summary>
    /// Whether a segment's checksum is wrong. What the capture cut cannot be checked, and a checksum that covers only the
    /// addresses and the length is one that the sending host's device would have filled in: neither is wrong.
    /// </summary>
    public static bool IsWrong(in TcpSegment segment)
    {
        int headerLength = segment.HeaderLength;
        if (segment.IsCut) return false;
        InternetChecksum pseudo = PacketBuilder.PseudoHeader(
            segment.Source.Address, segment.Destination.Address, IpProtocol.Tcp, headerLength + segment.PayloadLength);
        ushort toBeFilledIn = (ushort)~pseudo.Value;
        if (segment.Checksum == toBeFilledIn) return false;
        uint ports = ((uint)segment.Source.Port << 16) | segment.Destination.Port;
        InternetChecksum sum = pseudo
            .Add(ports)
            .Add(segment.Sequence.Value)
            .Add(segment.Acknowledgement.Value)
            .Add(((uint)headerLength << 26) | ((uint)segment.Flags << 16) | segment.Window)
            .Add(((uint)segment.Checksum << 16) | segment.UrgentPointer)
            .Add(segment.Options)
            .Add(segment.Payload);
        return sum.Value != 0;
    }
}
