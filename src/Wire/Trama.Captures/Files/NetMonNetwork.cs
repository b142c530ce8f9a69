using System.Buffers.Binary;
using Trama.Packets;

namespace Trama.Captures.Files;

/// <summary>The numbers by which Network Monitor tells networks apart.</summary>
internal static class NetMonNetwork
{
    private const ushort Wireless = 6;

    // A version and a length, then what the device says of the frame.
    private const int WirelessLengthAt = 1, WirelessHeaderLength = 3;

    // Numbers from here on are those of pcap, plus this.
    private const ushort OfPcap = 0xE000, OfPcapMask = 0xF000;

    /// <summary>The link type of a network; null when it carries no packets or none that is known.</summary>
    public static LinkType? Find(ushort network) => network switch
    {
        1 => LinkType.Ethernet,
        3 => LinkType.Fddi,
        Wireless => LinkType.Ieee80211,
        8 or 9 or 10 => LinkType.Raw,
        _ when (network & OfPcapMask) == OfPcap => LinkTypes.FromDataLink(network & ~OfPcapMask),
        _ => null,
    };

    /// <summary>The frame without the header that Network Monitor puts before those of wireless networks.</summary>
    public static ReadOnlySpan<byte> WithoutHeader(ushort network, ReadOnlySpan<byte> bytes, scoped ref uint original)
    {
        if (network != Wireless || bytes.Length < WirelessHeaderLength) return bytes;
        int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(bytes[WirelessLengthAt..]), bytes.Length);
        original -= Math.Min(original, (uint)length);
        return bytes[length..];
    }
}
