using Trama.Packets.Building;
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
    public ReadOnlySpan<byte> Build(
        IpAddress from, IpAddress to, in TcpFields segment, ReadOnlySpan<byte> payload, byte hopLimit = HopLimit)
    {
        var ip = new IpFields(from, to, IpProtocol.Tcp) { TimeToLive = hopLimit, DontFragment = true };
        ReadOnlySpan<byte> options = (segment.Flags & TcpFlags.Syn) != 0 ? [NoOperationOption, WindowScaleOption, 3, WindowScale] : [];
        return _bytes.AsSpan(0, PacketBuilder.WriteSegment(_bytes, ip, segment, options, payload));
    }
}
