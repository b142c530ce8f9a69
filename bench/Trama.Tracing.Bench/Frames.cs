using System.Buffers.Binary;
using Trama.Packets.Building;
using Trama.Packets.Link;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Tracing.Bench;

/// <summary>Builds Ethernet frames of TCP over IPv4 with a timestamp option, as a Linux host sends them.</summary>
internal static class Frames
{
    // Two no-operations, then a timestamp option (RFC 7323 appendix A).
    private static ReadOnlySpan<byte> Timestamps => [1, 1, 8, 10, 0, 0, 0, 0, 0, 0, 0, 0];

    public const int HeadersLength = EthernetHeader.Length + 20 + 32;

    public static int Write(
        Span<byte> frame, uint source, ushort sourcePort, uint destination, ushort destinationPort, uint sequence,
        uint acknowledgement, TcpFlags flags, ReadOnlySpan<byte> payload, ushort identification)
    {
        frame[..EthernetHeader.Length].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(frame[EthernetHeader.TypeAt..], (ushort)EtherType.Ipv4);
        var ip = new IpFields(IpAddress.FromIpv4(source), IpAddress.FromIpv4(destination), IpProtocol.Tcp)
        {
            Identification = identification,
            DontFragment = true,
        };
        var tcp = new TcpFields(sourcePort, destinationPort, new(sequence), new(acknowledgement), flags, Window: 512);
        return EthernetHeader.Length + PacketBuilder.WriteSegment(frame[EthernetHeader.Length..], ip, tcp, Timestamps, payload);
    }
}
