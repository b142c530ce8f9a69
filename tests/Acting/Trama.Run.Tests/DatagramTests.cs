using CsCheck;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Run.Gateway;

namespace Trama.Run.Tests;

public class DatagramTests
{
    [Fact]
    public void Any_bytes_are_a_datagram_within_the_packet_or_none()
    {
        Gen.Byte.Array[0, 120].Sample(packet =>
        {
            if (packet.Length > 0) packet[0] = (byte)(packet[0] % 2 == 0 ? 0x45 : 0x60);
            if (Datagram.TryRead(packet, out Datagram datagram)) Assert.True(datagram.Payload.Length <= packet.Length - 28);
        });
    }

    [Fact]
    public void A_fragment_is_none()
    {
        byte[] packet = new byte[40];
        IpAddress address = IpAddress.FromIpv4(0x7f000001);
        PacketBuilder.WriteHeader(packet, new IpFields(address, address, IpProtocol.Udp), 20);
        Assert.True(Datagram.TryRead(packet, out _));
        packet[Ipv4Header.FragmentAt] = 0x20;
        Assert.False(Datagram.TryRead(packet, out _));
    }
}
