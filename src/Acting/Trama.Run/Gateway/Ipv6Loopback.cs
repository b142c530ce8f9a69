using System.Buffers.Binary;
using Trama.Namespaces.Native;
using Trama.Packets.Network;

namespace Trama.Run.Gateway;

/// <summary>
/// The packets from and to ::1 of the command's network. Programs speak to it from the device's address; were that the address to which a
/// program at ::1 answers, the kernel would deliver the answer by itself. So the one who listens sees another, and both are exchanged here.
/// </summary>
internal sealed class Ipv6Loopback(LoopbackEntry entry) : IDisposable
{
    private static readonly byte[] LoopbackBytes = System.Net.IPAddress.IPv6Loopback.GetAddressBytes();
    private static readonly byte[] Client = Addresses.Ipv6.GetAddressBytes(), Seen = Addresses.LoopbackClientIpv6.GetAddressBytes();

    private readonly byte[] _packet = new byte[Namespaces.IDeviceEnd.LargestPacket];

    /// <summary>The address ::1.</summary>
    public static ReadOnlySpan<byte> Loopback => LoopbackBytes;

    /// <summary>Whether a packet has to enter by the loopback device.</summary>
    public static bool Takes(ReadOnlySpan<byte> packet) => IsIpv6(packet)
        && (Source(packet).SequenceEqual(Loopback) || Destination(packet).SequenceEqual(Loopback));

    /// <summary>Writes such a packet.</summary>
    public void Write(ReadOnlySpan<byte> packet)
    {
        packet.CopyTo(_packet);
        Span<byte> copy = _packet.AsSpan(0, packet.Length);
        if (Destination(packet).SequenceEqual(Loopback) && Source(packet).SequenceEqual(Client))
            Exchange(copy, Ipv6Header.SourceAt, Seen);
        entry.Write(copy);
    }

    /// <summary>Gives a packet that somebody at ::1 sent the address to which it goes in truth.</summary>
    public static void Restore(Span<byte> packet)
    {
        if (IsIpv6(packet) && Source(packet).SequenceEqual(Loopback) && Destination(packet).SequenceEqual(Seen))
            Exchange(packet, Ipv6Header.DestinationAt, Client);
    }

    /// <inheritdoc/>
    public void Dispose() => entry.Dispose();

    // RFC 1624: the checksum, which covers the addresses, changes by what they do.
    private static void Exchange(Span<byte> packet, int at, ReadOnlySpan<byte> address)
    {
        Span<byte> old = packet.Slice(at, address.Length);
        int sumAt = Ipv6Header.Length + (IpProtocol)packet[Ipv6Header.NextHeaderAt] switch
        {
            IpProtocol.Tcp => Packets.Transport.TcpHeader.ChecksumAt,
            IpProtocol.Udp => Packets.Transport.UdpHeader.ChecksumAt,
            IpProtocol.Icmpv6 => 2,
            _ => packet.Length,
        };
        if (sumAt + 2 <= packet.Length)
        {
            uint sum = (ushort)~BinaryPrimitives.ReadUInt16BigEndian(packet[sumAt..]);
            for (int i = 0; i < address.Length; i += 2)
                sum += (ushort)~BinaryPrimitives.ReadUInt16BigEndian(old[i..]) + (uint)BinaryPrimitives.ReadUInt16BigEndian(address[i..]);
            while (sum > ushort.MaxValue) sum = (sum & ushort.MaxValue) + (sum >> 16);
            // 0 would mean that there is none, which UDP over IPv6 may not say (RFC 8200 section 8.1).
            bool isNone = (ushort)~sum == 0 && (IpProtocol)packet[Ipv6Header.NextHeaderAt] == IpProtocol.Udp;
            BinaryPrimitives.WriteUInt16BigEndian(packet[sumAt..], isNone ? ushort.MaxValue : (ushort)~sum);
        }

        address.CopyTo(old);
    }

    private static bool IsIpv6(ReadOnlySpan<byte> packet) => packet.Length >= Ipv6Header.Length && packet[0] >> 4 == 6;

    private static ReadOnlySpan<byte> Source(ReadOnlySpan<byte> packet) => packet.Slice(Ipv6Header.SourceAt, Loopback.Length);

    private static ReadOnlySpan<byte> Destination(ReadOnlySpan<byte> packet) => packet.Slice(Ipv6Header.DestinationAt, Loopback.Length);
}
