using System.Buffers.Binary;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Captures.Synthetic;

/// <summary>Builds IP packets with a TCP segment each, checksums included, in one buffer.</summary>
internal sealed class SyntheticPacket
{
    /// <summary>The most payload of one packet: the total length of an IPv4 packet has 16 bits.</summary>
    public const int MaxPayload = ushort.MaxValue - Ipv4Header.MinimumLength - TcpHeader.MinimumLength;

    /// <summary>How many routers a packet may pass, for those that have passed none.</summary>
    public const byte HopLimit = 64;

    // SYN segments announce a window scale, so that the window of all others is a gigabyte: a relay has none of its own to show.
    private const byte WindowScale = 14;
    private const byte WindowScaleOption = 3;
    private const byte NoOperationOption = 1;
    private const int LongestHeaders = Ipv6Header.Length + TcpHeader.MinimumLength + 4;

    private readonly byte[] _bytes = new byte[LongestHeaders + MaxPayload];

    /// <summary>The packet, valid until the next one is built.</summary>
    public ReadOnlySpan<byte> Build(in Endpoint from, in Endpoint to, in SyntheticSegment segment, ReadOnlySpan<byte> payload, byte hopLimit = HopLimit)
    {
        bool isSyn = (segment.Flags & TcpFlags.Syn) != 0;
        int tcpLength = TcpHeader.MinimumLength + (isSyn ? 4 : 0) + payload.Length;
        int ipLength = from.Address.IsIpv6 ? WriteIpv6(from.Address, to.Address, tcpLength, hopLimit) : WriteIpv4(from.Address, to.Address, tcpLength, hopLimit);
        Span<byte> tcp = _bytes.AsSpan(ipLength, tcpLength);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], to.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], segment.Sequence.Value);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], (segment.Flags & TcpFlags.Ack) != 0 ? segment.Acknowledgement.Value : 0);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[12..], (ushort)((tcpLength - payload.Length) / 4 << 12 | (int)segment.Flags));
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], segment.Window);
        tcp[16..20].Clear();
        if (isSyn) ((ReadOnlySpan<byte>)[NoOperationOption, WindowScaleOption, 3, WindowScale]).CopyTo(tcp[20..]);
        payload.CopyTo(tcp[^payload.Length..]);

        // RFC 9293 section 3.1: the checksum covers a pseudo header of both addresses, the protocol and the length.
        int addresses = from.Address.IsIpv6 ? 32 : 8;
        InternetChecksum checksum = default(InternetChecksum)
            .Add(_bytes.AsSpan(ipLength - addresses, addresses)).Add((uint)IpProtocol.Tcp).Add((uint)tcpLength).Add(tcp);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], checksum.Value);
        return _bytes.AsSpan(0, ipLength + tcpLength);
    }

    private int WriteIpv4(IpAddress from, IpAddress to, int payload, byte hopLimit)
    {
        Span<byte> ip = _bytes.AsSpan(0, Ipv4Header.MinimumLength);
        ip.Clear();
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(ip.Length + payload));
        ip[6] = 0x40; // do not fragment
        ip[8] = hopLimit;
        ip[9] = (byte)IpProtocol.Tcp;
        from.WriteBytes(ip[12..]);
        to.WriteBytes(ip[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], default(InternetChecksum).Add(ip).Value);
        return ip.Length;
    }

    private int WriteIpv6(IpAddress from, IpAddress to, int payload, byte hopLimit)
    {
        Span<byte> ip = _bytes.AsSpan(0, Ipv6Header.Length);
        ip.Clear();
        ip[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)payload);
        ip[6] = (byte)IpProtocol.Tcp;
        ip[7] = hopLimit;
        from.WriteBytes(ip[8..]);
        to.WriteBytes(ip[24..]);
        return ip.Length;
    }
}
