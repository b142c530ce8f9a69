namespace Trama.Packets.Decoding;

/// <summary>What the rest of a packet is.</summary>
public enum Layer : byte
{
    /// <summary>Nothing that can hold TCP, or too little of it.</summary>
    Unknown,

    /// <summary>An Ethernet frame.</summary>
    Ethernet,

    /// <summary>What follows a VLAN tag's type: the tag's rest.</summary>
    Vlan,

    /// <summary>What follows the type of a port extender's tag: the tag's rest.</summary>
    PortExtender,

    /// <summary>What follows the type of Cisco's tag of virtual interfaces: the tag's rest.</summary>
    VirtualInterface,

    /// <summary>An IEEE 802.11 frame.</summary>
    Wireless,

    /// <summary>An IEEE 802.2 frame.</summary>
    Llc,

    /// <summary>MPLS labels.</summary>
    Mpls,

    /// <summary>A PPPoE session packet.</summary>
    Pppoe,

    /// <summary>A PPP frame.</summary>
    Ppp,

    /// <summary>An IP packet of the version its first half byte tells.</summary>
    Ip,

    /// <summary>An IPv6 extension header, or what follows the last of them.</summary>
    Extension,

    /// <summary>A fragment of an IP packet.</summary>
    Fragment,

    /// <summary>What IP carries.</summary>
    Transport,
}
