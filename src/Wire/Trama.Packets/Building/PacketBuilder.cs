using System.Buffers.Binary;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Packets.Building;

/// <summary>Writes IP packets, and the TCP segments in them, with their checksums.</summary>
public static class PacketBuilder
{
    private const byte FirstByteOfIpv4 = 0x45, FirstByteOfIpv6 = 0x60;

    /// <summary>Writes a packet with a TCP segment.</summary>
    /// <param name="packet">Where to; has room for the headers, the options and the payload.</param>
    /// <param name="ip">The IP header.</param>
    /// <param name="tcp">The TCP header.</param>
    /// <param name="options">The TCP options, a multiple of four bytes up to 40.</param>
    /// <param name="payload">What the segment carries.</param>
    /// <returns>The packet's length, in bytes.</returns>
    public static int WriteSegment(
        Span<byte> packet, in IpFields ip, in TcpFields tcp, ReadOnlySpan<byte> options, ReadOnlySpan<byte> payload)
    {
        int headerLength = TcpHeader.MinimumLength + options.Length;
        int at = WriteHeader(packet, ip, headerLength + payload.Length);
        Span<byte> segment = packet.Slice(at, headerLength + payload.Length);
        BinaryPrimitives.WriteUInt16BigEndian(segment[TcpHeader.SourcePortAt..], tcp.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment[TcpHeader.DestinationPortAt..], tcp.DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(segment[TcpHeader.SequenceAt..], tcp.Sequence.Value);
        uint acknowledgement = (tcp.Flags & TcpFlags.Ack) != 0 ? tcp.Acknowledgement.Value : 0;
        BinaryPrimitives.WriteUInt32BigEndian(segment[TcpHeader.AcknowledgementAt..], acknowledgement);
        BinaryPrimitives.WriteUInt16BigEndian(segment[TcpHeader.OffsetAndFlagsAt..], (ushort)(headerLength / 4 << 12 | (int)tcp.Flags));
        BinaryPrimitives.WriteUInt16BigEndian(segment[TcpHeader.WindowAt..], tcp.Window);
        segment[TcpHeader.ChecksumAt..TcpHeader.MinimumLength].Clear();
        options.CopyTo(segment[TcpHeader.MinimumLength..]);
        payload.CopyTo(segment[headerLength..]);
        ushort checksum = PseudoHeader(ip.Source, ip.Destination, IpProtocol.Tcp, segment.Length).Add(segment).Value;
        BinaryPrimitives.WriteUInt16BigEndian(segment[TcpHeader.ChecksumAt..], checksum);
        return at + segment.Length;
    }

    /// <summary>Writes an IP header without options or extensions.</summary>
    /// <param name="packet">Where to; has room for the header.</param>
    /// <param name="ip">What it says.</param>
    /// <param name="payloadLength">The length of what will follow it, in bytes.</param>
    /// <returns>The header's length, in bytes.</returns>
    public static int WriteHeader(Span<byte> packet, in IpFields ip, int payloadLength)
    {
        Span<byte> header = packet[..ip.HeaderLength];
        header.Clear();
        if (ip.Source.IsIpv6)
        {
            header[Ipv6Header.VersionAt] = FirstByteOfIpv6;
            BinaryPrimitives.WriteUInt16BigEndian(header[Ipv6Header.PayloadLengthAt..], (ushort)payloadLength);
            header[Ipv6Header.NextHeaderAt] = (byte)ip.Protocol;
            header[Ipv6Header.HopLimitAt] = ip.TimeToLive;
            ip.Source.WriteBytes(header[Ipv6Header.SourceAt..]);
            ip.Destination.WriteBytes(header[Ipv6Header.DestinationAt..]);
            return header.Length;
        }

        header[Ipv4Header.VersionAndLengthAt] = FirstByteOfIpv4;
        BinaryPrimitives.WriteUInt16BigEndian(header[Ipv4Header.TotalLengthAt..], (ushort)(header.Length + payloadLength));
        BinaryPrimitives.WriteUInt16BigEndian(header[Ipv4Header.IdentificationAt..], ip.Identification);
        if (ip.DontFragment) BinaryPrimitives.WriteUInt16BigEndian(header[Ipv4Header.FragmentAt..], Ipv4Header.DontFragmentFlag);
        header[Ipv4Header.TimeToLiveAt] = ip.TimeToLive;
        header[Ipv4Header.ProtocolAt] = (byte)ip.Protocol;
        ip.Source.WriteBytes(header[Ipv4Header.SourceAt..]);
        ip.Destination.WriteBytes(header[Ipv4Header.DestinationAt..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[Ipv4Header.ChecksumAt..], default(InternetChecksum).Add(header).Value);
        return header.Length;
    }

    /// <summary>The checksum of the pseudo-header (RFC 9293 section 3.1, RFC 8200 section 8.1), to which the payload is added.</summary>
    /// <param name="source">The sender's address.</param>
    /// <param name="destination">The receiver's address.</param>
    /// <param name="protocol">The protocol of the payload.</param>
    /// <param name="length">The payload's length in bytes, with its header.</param>
    public static InternetChecksum PseudoHeader(IpAddress source, IpAddress destination, IpProtocol protocol, int length)
    {
        InternetChecksum addresses = destination.AddTo(source.AddTo(default));
        return addresses.Add((uint)protocol).Add((uint)length);
    }
}
