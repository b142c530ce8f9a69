using System.Buffers.Binary;
using Trama.Packets.Network;

namespace Trama.Lab.Paths;

/// <summary>The routers' mark on a packet: the time to live, and the IPv4 header checksum with it.</summary>
internal static class HopCount
{
    private const int TimeToLiveAt = 8;
    private const int HopLimitAt = 7;
    private const int ChecksumAt = 10;

    /// <summary>Lowers the time to live by a number of routers; it stays at least 1.</summary>
    public static void Lower(Span<byte> packet, int hops) => Set(packet, Math.Max(1, Of(packet) - hops));

    /// <summary>The time to live, or the hop limit.</summary>
    public static int Of(ReadOnlySpan<byte> packet) => packet[IsIpv6(packet) ? HopLimitAt : TimeToLiveAt];

    private static void Set(Span<byte> packet, int value)
    {
        if (IsIpv6(packet))
        {
            packet[HopLimitAt] = (byte)value;
            return;
        }

        packet[TimeToLiveAt] = (byte)value;
        Span<byte> checksum = packet[ChecksumAt..(ChecksumAt + 2)];
        checksum.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(checksum, default(InternetChecksum).Add(packet[..((packet[0] & 0x0f) * 4)]).Value);
    }

    private static bool IsIpv6(ReadOnlySpan<byte> packet) => packet[0] >> 4 == 6;
}
