namespace Trama.Packets.Link;

/// <summary>The protocol carried by a link-layer frame (IEEE 802 numbers). A number without a name here is a value too.</summary>
public enum EtherType : ushort
{
    /// <summary>IPv4.</summary>
    Ipv4 = 0x0800,

    /// <summary>Address Resolution Protocol, RFC 826.</summary>
    Arp = 0x0806,

    /// <summary>Reverse ARP, RFC 903.</summary>
    ReverseArp = 0x8035,

    /// <summary>A whole Ethernet frame, in a tunnel.</summary>
    TransparentEthernet = 0x6558,

    /// <summary>Link Layer Discovery Protocol, IEEE 802.1AB.</summary>
    Lldp = 0x88CC,

    /// <summary>Precision Time Protocol, IEEE 1588.</summary>
    Ptp = 0x88F7,

    /// <summary>PPP, RFC 7042.</summary>
    Ppp = 0x880B,

    /// <summary>A frame mirrored by ERSPAN of type I or II, in GRE.</summary>
    Erspan = 0x88BE,

    /// <summary>A frame mirrored by ERSPAN of type III, in GRE.</summary>
    Erspan3 = 0x22EB,

    /// <summary>Port extender tag, IEEE 802.1BR.</summary>
    PortExtender = 0x893F,

    /// <summary>Cisco's tag of virtual interfaces, from before IEEE 802.1BR.</summary>
    VirtualInterface = 0x8926,

    /// <summary>IEEE 802.1Q VLAN tag.</summary>
    Vlan = 0x8100,

    /// <summary>IPv6.</summary>
    Ipv6 = 0x86DD,

    /// <summary>MPLS unicast, RFC 3032.</summary>
    Mpls = 0x8847,

    /// <summary>MPLS multicast, RFC 3032.</summary>
    MplsMulticast = 0x8848,

    /// <summary>PPPoE discovery stage, RFC 2516.</summary>
    PppoeDiscovery = 0x8863,

    /// <summary>PPPoE session stage, RFC 2516.</summary>
    PppoeSession = 0x8864,

    /// <summary>IEEE 802.1ad service VLAN tag.</summary>
    ServiceVlan = 0x88A8,

    /// <summary>Alteon jumbo frames: an LLC header follows.</summary>
    Jumbo = 0x8870,

    /// <summary>Service VLAN tag as used before 802.1ad.</summary>
    OldServiceVlan = 0x9100,

    /// <summary>Another service VLAN tag as used before 802.1ad.</summary>
    OtherOldServiceVlan = 0x9200,
}
