using System.Buffers.Binary;
using Trama.Packets.Link;

namespace Trama.Packets.Decoding;

/// <summary>Takes the headers of Ethernet, its tags and its relatives off a packet. Each method answers what follows.</summary>
internal static class LinkLayers
{
    // IEEE 802.1BR: six bytes of tag, then a type. Cisco's tag before it had four.
    private const int PortExtenderLength = 6;
    private const int VirtualInterfaceLength = 4;

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
                return FollowCooked(TypeAt(bytes, CookedHeader.TypeAt));
            case LinkType.LinuxSll2 when bytes.Length >= CookedHeader2.Length:
                sight = Sight(sight, BinaryPrimitives.ReadInt32BigEndian(bytes[CookedHeader2.InterfaceAt..]),
                    bytes[CookedHeader2.PacketTypeAt]);
                slice = slice.From(CookedHeader2.Length);
                return FollowCooked(TypeAt(bytes, CookedHeader2.TypeAt));
            case LinkType.Null or LinkType.Loop:
                // Systems differ in the address family of IPv6; the version in the IP header does not.
                slice = slice.From(4);
                return Layer.Ip;
            case LinkType.Ppp or LinkType.PppHdlc:
                return Layer.Ppp;
            case LinkType.IpOverInfiniband when bytes.Length >= InfinibandHeader.Length:
                slice = slice.From(InfinibandHeader.Length);
                return Follow(TypeAt(bytes, InfinibandHeader.TypeAt));
            case LinkType.Fddi when bytes.Length >= FddiHeader.Length:
                slice = slice.From(FddiHeader.Length);
                return (bytes[FddiHeader.FrameControlAt] & FddiHeader.KindMask) == FddiHeader.LogicalLink ? Layer.Llc : Layer.Unknown;
            case LinkType.AtmLlc:
                return Layer.Llc;
            case LinkType.Ieee80211:
                return Layer.Wireless;
            case LinkType.Radiotap:
                return WirelessLayers.Radiotap(ref slice);
            case LinkType.FrameRelay:
                return WideAreaLayers.FrameRelay(ref slice);
            case LinkType.CiscoHdlc:
                return WideAreaLayers.CiscoHdlc(ref slice);
            case LinkType.Nflog:
                return NetfilterLayers.Log(ref slice);
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

    /// <summary>IEEE 802.1BR.</summary>
    public static Layer PortExtender(ref Slice slice) => Tag(ref slice, PortExtenderLength);

    /// <summary>Cisco's tag of virtual interfaces.</summary>
    public static Layer VirtualInterface(ref Slice slice) => Tag(ref slice, VirtualInterfaceLength);

    /// <summary>IEEE 802.2: IP of its own, OSI's numbers of protocols, or SNAP (RFC 1042, and bridged frames as in RFC 2684).</summary>
    public static Layer Llc(ref Slice slice)
    {
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length <= LlcHeader.UnnumberedLength) return Layer.Unknown;
        if (bytes[LlcHeader.ControlAt] != LlcHeader.UnnumberedInformation) return Layer.Unknown;
        byte accessPoint = bytes[LlcHeader.DestinationAt];
        if (bytes[LlcHeader.SourceAt] != accessPoint) return Layer.Unknown;
        slice = slice.From(LlcHeader.UnnumberedLength);
        switch (accessPoint)
        {
            case LlcHeader.AccessPointIp:
                return Layer.Ip;
            case LlcHeader.AccessPointOsi:
                bool isIp = (NlpId)slice.Bytes[0] is NlpId.Ipv4 or NlpId.Ipv6;
                slice = slice.From(1);
                return isIp ? Layer.Ip : Layer.Unknown;
            case LlcHeader.AccessPointSnap:
                return Snap(ref slice, padding: 2);
            default:
                return Layer.Unknown;
        }
    }

    /// <summary>The number of an organisation, and one of its protocols.</summary>
    /// <param name="slice">The packet from there on; what follows afterwards.</param>
    /// <param name="padding">How many bytes fill up before a bridged frame.</param>
    public static Layer Snap(ref Slice slice, int padding)
    {
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < LlcHeader.SnapLength) return Layer.Unknown;
        int organisation = bytes[0] << 16 | bytes[1] << 8 | bytes[2];
        EtherType protocol = TypeAt(bytes, LlcHeader.SnapProtocolAt);
        slice = slice.From(LlcHeader.SnapLength);
        switch (organisation)
        {
            case LlcHeader.OrganisationEthernet or LlcHeader.OrganisationBridge:
                return Follow(protocol);
            case LlcHeader.OrganisationBridged when (ushort)protocol is LlcHeader.BridgedEthernet or LlcHeader.BridgedEthernetWithChecksum:
                slice = slice.From(padding);
                return Layer.Ethernet;
            default:
                return Layer.Unknown;
        }
    }

    /// <summary>RFC 2516 section 4.</summary>
    public static Layer Pppoe(ref Slice slice)
    {
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (bytes.Length < PppoeHeader.Length) return Layer.Unknown;
        slice = slice.From(PppoeHeader.Length).Narrow(BinaryPrimitives.ReadUInt16BigEndian(bytes[PppoeHeader.PayloadLengthAt..]));
        return Layer.Ppp;
    }

    /// <summary>RFC 3032: labels, the last one with the bottom-of-stack bit. IP is recognised by its version.</summary>
    public static Layer Mpls(ref Slice slice)
    {
        while (slice.Bytes.Length >= MplsHeader.Length)
        {
            uint entry = BinaryPrimitives.ReadUInt32BigEndian(slice.Bytes[MplsHeader.EntryAt..]);
            bool isLast = (entry & MplsHeader.BottomOfStack) != 0;
            slice = slice.From(MplsHeader.Length);
            if (isLast) return Layer.Ip;
        }

        return Layer.Unknown;
    }

    /// <summary>What an Ethernet type announces.</summary>
    public static Layer Follow(EtherType type) => type switch
    {
        EtherType.Ipv4 or EtherType.Ipv6 => Layer.Ip,
        EtherType.Vlan or EtherType.ServiceVlan or EtherType.OldServiceVlan or EtherType.OtherOldServiceVlan => Layer.Vlan,
        EtherType.PortExtender => Layer.PortExtender,
        EtherType.VirtualInterface => Layer.VirtualInterface,
        EtherType.Mpls or EtherType.MplsMulticast => Layer.Mpls,
        EtherType.PppoeSession => Layer.Pppoe,
        EtherType.TransparentEthernet => Layer.Ethernet,
        _ => Layer.Unknown,
    };

    private static Layer FollowCooked(EtherType type) => (ushort)type == CookedHeader.LogicalLinkType ? Layer.Llc : Follow(type);

    private static Layer Tag(ref Slice slice, int length)
    {
        if (slice.Bytes.Length < length + sizeof(ushort)) return Layer.Unknown;
        EtherType type = TypeAt(slice.Bytes, length);
        slice = slice.From(length + sizeof(ushort));
        return TypeOrLength(type, ref slice);
    }

    private static Layer TypeOrLength(EtherType type, ref Slice slice)
    {
        if ((ushort)type > EthernetHeader.MaxLengthField) return Follow(type);
        slice = slice.Narrow((ushort)type);
        return Layer.Llc;
    }

    /// <summary>The type in two bytes of a header.</summary>
    public static EtherType TypeAt(ReadOnlySpan<byte> bytes, int at) => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static int Sight(int capturedOn, int interfaceIndex, int packetType) =>
        (capturedOn << 24) ^ (interfaceIndex << 4) ^ packetType;
}
