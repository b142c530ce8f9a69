using System.Buffers.Binary;

namespace Trama.Packets.Decoding;

/// <summary>Takes the headers of tunnels over IP off a packet. Each method answers what follows.</summary>
internal static class TunnelLayers
{
    private const int VxlanPort = 4789;
    private const int GenevePort = 6081;
    private const int UdpLength = 8;
    private const int PppInGre = 0x880b;

    /// <summary>RFC 2784 and RFC 2890; version 1 with an acknowledgement number, RFC 2637 section 4.1.</summary>
    public static Layer Gre(ref Slice slice)
    {
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < 4) return Layer.Unknown;
        int flags = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        int length = 4;
        if ((flags & 0xc000) != 0) length += 4;
        if ((flags & 0x2000) != 0) length += 4;
        if ((flags & 0x1000) != 0) length += 4;
        if ((flags & 7) == 1 && (flags & 0x80) != 0) length += 4;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        slice = slice.From(length);
        return type == PppInGre ? Layer.Ppp : LinkLayers.Follow(type);
    }

    /// <summary>UDP, for the tunnels in it.</summary>
    public static Layer Udp(ref Slice slice)
    {
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < UdpLength) return Layer.Unknown;
        int from = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        int to = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        slice = slice.From(UdpLength);
        if (to == VxlanPort || from == VxlanPort) return Vxlan(ref slice);
        if (to == GenevePort || from == GenevePort) return Geneve(ref slice);
        return Layer.Unknown;
    }

    // RFC 7348 section 5.
    private static Layer Vxlan(ref Slice slice)
    {
        if (slice.Bytes.Length < 8 || (slice.Bytes[0] & 8) == 0) return Layer.Unknown;
        slice = slice.From(8);
        return Layer.Ethernet;
    }

    // RFC 8926 section 3.4.
    private static Layer Geneve(ref Slice slice)
    {
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < 8 || bytes[0] >> 6 != 0) return Layer.Unknown;
        slice = slice.From(8 + ((bytes[0] & 0x3f) << 2));
        return LinkLayers.Follow(BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
    }
}
