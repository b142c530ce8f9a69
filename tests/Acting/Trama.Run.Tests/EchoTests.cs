using CsCheck;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Run.Gateway;

namespace Trama.Run.Tests;

public class EchoTests
{
    [Fact]
    public void Any_bytes_are_an_echo_within_the_packet_or_none()
    {
        Gen.Byte.Array[0, 120].Sample(packet =>
        {
            if (packet.Length > 0) packet[0] = (byte)(packet[0] % 2 == 0 ? 0x45 : 0x60);
            if (Echo.TryRead(packet, out Echo echo)) Assert.InRange(echo.Message.Length, 8, packet.Length - 20);
        });
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(0, false)]
    public void A_request_is_one_and_a_reply_is_none(byte type, bool isEcho)
    {
        byte[] packet = new byte[28];
        IpAddress address = IpAddress.FromIpv4(0x7f000001);
        PacketBuilder.WriteHeader(packet, new IpFields(address, address, IpProtocol.Icmp), 8);
        (packet[20], packet[24], packet[25]) = (type, 0x12, 0x34);
        Assert.Equal(isEcho, Echo.TryRead(packet, out Echo echo));
        if (isEcho) Assert.Equal(0x1234, echo.Identifier);
    }
}
