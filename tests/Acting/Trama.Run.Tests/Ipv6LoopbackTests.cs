using System.Buffers.Binary;
using System.Net;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Run.Gateway;

namespace Trama.Run.Tests;

public class Ipv6LoopbackTests
{
    [Fact]
    public void A_datagram_whose_sum_is_zero_says_that_it_has_one()
    {
        int zeros = 0;
        for (int word = 0; word <= ushort.MaxValue; word++)
        {
            byte[] packet = Datagram((ushort)word);
            Ipv6Loopback.Restore(packet);
            ushort sum = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(Ipv6Header.Length + UdpHeader.ChecksumAt));
            Assert.NotEqual(0, sum);
            if (sum == ushort.MaxValue) zeros++;
            Assert.Equal(ushort.MaxValue, Sum(packet));
        }

        Assert.True(zeros > 0);
    }

    // From ::1 to where its client is seen, with a right checksum.
    private static byte[] Datagram(ushort word)
    {
        byte[] packet = new byte[Ipv6Header.Length + 10];
        PacketBuilder.WriteHeader(packet, new IpFields(IpAddress.FromBytes(IPAddress.IPv6Loopback.GetAddressBytes()),
            IpAddress.FromBytes(Addresses.LoopbackClientIpv6.GetAddressBytes()), IpProtocol.Udp), 10);
        Span<byte> datagram = packet.AsSpan(Ipv6Header.Length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram, 53);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], 10);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[8..], word);
        ushort sum = (ushort)~Sum(packet);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[UdpHeader.ChecksumAt..], sum == 0 ? ushort.MaxValue : sum);
        return packet;
    }

    // Of the pseudo-header and the datagram (RFC 8200 section 8.1): all ones where the checksum in it is right.
    private static ushort Sum(ReadOnlySpan<byte> packet)
    {
        uint sum = (byte)IpProtocol.Udp + 10u;
        for (int at = Ipv6Header.SourceAt; at < packet.Length; at += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
        while (sum > ushort.MaxValue) sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)sum;
    }
}
