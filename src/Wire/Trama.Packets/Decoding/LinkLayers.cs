using System.Buffers.Binary;
using Trama.Packets.Link;

namespace Trama.Packets.Decoding;

/// <summary>Takes the headers below IP off a packet. Each method answers what follows.</summary>
internal static class LinkLayers
{
    private const int InfinibandLength = 44;

    // Address and control byte of Cisco HDLC.
    private const int CiscoUnicast = 0x0f00;
    private const int CiscoMulticast = 0x8f00;

    /// <summary>Starts at the layer of a record.</summary>
    /// <param name="type">The record's link type.</param>
    /// <param name="slice">The record; what follows its own header afterwards.</param>
    /// <param name="sight">See <see cref="TcpSegment.Sight"/>; completed where the header tells more.</param>
    public static Layer Open(LinkType type, ref Slice slice, ref int sight)
    {
        ReadOnlySpan<byte> bytes = slice.Bytes;
        switch (type)
        {
            case LinkType.Ethernet:
                return Layer.Ethernet;
            case LinkType.Raw or LinkType.Ipv4 or LinkType.Ipv6:
                return Layer.Ip;
            case LinkType.LinuxSll when bytes.Length >= CookedHeader.Length:
                sight = Sight(sight, 0, bytes[CookedHeader.PacketTypeAt + 1]);
                slice = slice.From(CookedHeader.Length);
                return Follow(TypeAt(bytes, CookedHeader.TypeAt));
            case LinkType.LinuxSll2 when bytes.Length >= CookedHeader2.Length:
                sight = Sight(sight, BinaryPrimitives.ReadInt32BigEndian(bytes[CookedHeader2.InterfaceAt..]), bytes[CookedHeader2.PacketTypeAt]);
                slice = slice.From(CookedHeader2.Length);
                return Follow(TypeAt(bytes, CookedHeader2.TypeAt));
            case LinkType.Null or LinkType.Loop:
                // Systems differ in the address family of IPv6; the version in the IP header does not.
                slice = slice.From(4);
                return Layer.Ip;
            case LinkType.Ppp or LinkType.PppHdlc:
                return Layer.Ppp;
            case LinkType.IpOverInfiniband when bytes.Length >= InfinibandLength:
                slice = slice.From(InfinibandLength);
                return Follow(TypeAt(bytes, 40));
            default:
                return Layer.Unknown;
        }
    }

    /// <summary>IEEE 802.3.</summary>
    public static Layer Ethernet(ref Slice slice)
    {
        if (slice.Bytes.Length < EthernetHeader.Length) return Layer.Unknown;
        EtherType type = TypeAt(slice.Bytes, EthernetHeader.TypeAt);
        slice = slice.From(EthernetHeader.Length);
        return TypeOrLength(type, ref slice);
    }

    /// <summary>IEEE 802.1Q: two bytes of tag, then type or length again.</summary>
    public static Layer Vlan(ref Slice slice)
    {
        if (slice.Bytes.Length < VlanHeader.Length) return Layer.Unknown;
        EtherType type = TypeAt(slice.Bytes, VlanHeader.TypeAt);
        slice = slice.From(VlanHeader.Length);
        return TypeOrLength(type, ref slice);
    }

    /// <summary>IEEE 802.2 with SNAP, RFC 1042.</summary>
    public static Layer Llc(ref Slice slice)
    {
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < 8 || !bytes.StartsWith<byte>([0xaa, 0xaa, 3, 0, 0, 0])) return Layer.Unknown;
        slice = slice.From(8);
        return Follow(TypeAt(bytes, 6));
    }

    /// <summary>RFC 2516 section 4.</summary>
    public static Layer Pppoe(ref Slice slice)
    {
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < 6) return Layer.Unknown;
        slice = slice.From(6).Narrow(BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]));
        return Layer.Ppp;
    }

    /// <summary>RFC 1661 section 2, with or without the framing of RFC 1662, with the protocol in one byte or two; and Cisco HDLC.</summary>
    public static Layer Ppp(ref Slice slice)
    {
        if (slice.Bytes.StartsWith<byte>([0xff, 3])) slice = slice.From(2);
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < 4) return Layer.Unknown;
        int protocol = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if (protocol is CiscoUnicast or CiscoMulticast)
        {
            slice = slice.From(4);
            return Follow(TypeAt(bytes, 2));
        }

        // Protocol numbers end in an odd byte; a first byte that is odd is all of a short one.
        bool isShort = (bytes[0] & 1) != 0;
        if (isShort) protocol = bytes[0];
        slice = slice.From(isShort ? 1 : 2);
        return protocol switch
        {
            0x21 or 0x57 => Layer.Ip,
            0x281 or 0x283 => Layer.Mpls,
            _ => Layer.Unknown,
        };
    }

    /// <summary>RFC 3032: labels of four bytes, the last one with the bottom-of-stack bit. IP is recognised by its version.</summary>
    public static Layer Mpls(ref Slice slice)
    {
        while (slice.Bytes.Length >= 4)
        {
            bool isLast = (slice.Bytes[2] & 1) != 0;
            slice = slice.From(4);
            if (isLast) return Layer.Ip;
        }

        return Layer.Unknown;
    }

    /// <summary>What an Ethernet type announces.</summary>
    public static Layer Follow(EtherType type) => type switch
    {
        EtherType.Ipv4 or EtherType.Ipv6 => Layer.Ip,
        EtherType.Vlan or EtherType.ServiceVlan or EtherType.OldServiceVlan => Layer.Vlan,
        EtherType.Mpls or EtherType.MplsMulticast => Layer.Mpls,
        EtherType.PppoeSession => Layer.Pppoe,
        EtherType.TransparentEthernet => Layer.Ethernet,
        _ => Layer.Unknown,
    };

    private static Layer TypeOrLength(EtherType type, ref Slice slice)
    {
        if ((ushort)type > EthernetHeader.MaxLengthField) return Follow(type);
        slice = slice.Narrow((ushort)type);
        return Layer.Llc;
    }

    private static EtherType TypeAt(ReadOnlySpan<byte> bytes, int at) => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static int Sight(int capturedOn, int interfaceIndex, int packetType) =>
        (capturedOn << 24) ^ (interfaceIndex << 4) ^ packetType;
}
