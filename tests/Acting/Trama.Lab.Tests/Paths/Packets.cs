using Trama.Lab.Paths;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Lab.Tests.Paths;

/// <summary>Packets for tests.</summary>
internal static class Packets
{
    public const int ServerPort = 5000;

    public static readonly Endpoint Client = new(IpAddress.FromIpv4(0x0a000001), 40000);
    public static readonly Endpoint Server = new(IpAddress.FromIpv4(0x0a000002), ServerPort);
    public static readonly Endpoint Client6 = new(Ipv6(1), 40000);
    public static readonly Endpoint Server6 = new(Ipv6(2), ServerPort);

    /// <summary>A segment of the client; its sequence number tells it from others.</summary>
    public static byte[] Up(uint sequence, TcpFlags flags = TcpFlags.Ack, int payload = 0) =>
        Padded(Forge.Segment(Client, Server, new SequenceNumber(sequence), default, flags, 64), payload);

    /// <summary>A segment of the server.</summary>
    public static byte[] Down(uint sequence, TcpFlags flags = TcpFlags.Ack, int payload = 0) =>
        Padded(Forge.Segment(Server, Client, new SequenceNumber(sequence), default, flags, 64), payload);

    /// <summary>The sequence number of a segment without IP options.</summary>
    public static uint Sequence(byte[] packet) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(24));

    // The path looks at lengths, not at checksums.
    private static byte[] Padded(byte[] packet, int payload)
    {
        Array.Resize(ref packet, packet.Length + payload);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        return packet;
    }

    private static IpAddress Ipv6(byte last) => IpAddress.FromBytes([0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last]);
}
