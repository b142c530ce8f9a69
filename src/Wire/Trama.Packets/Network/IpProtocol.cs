namespace Trama.Packets.Network;

/// <summary>The protocol carried by IP (IANA protocol numbers). A number without a name here is a value too.</summary>
public enum IpProtocol : byte
{
    /// <summary>IPv6 hop-by-hop options, RFC 8200 section 4.3.</summary>
    HopByHop = 0,

    /// <summary>ICMP, RFC 792.</summary>
    Icmp = 1,

    /// <summary>IGMP, RFC 9776.</summary>
    Igmp = 2,

    /// <summary>IPv4 in IP, RFC 2003.</summary>
    Ipv4 = 4,

    /// <summary>TCP, RFC 9293.</summary>
    Tcp = 6,

    /// <summary>UDP, RFC 768.</summary>
    Udp = 17,

    /// <summary>DCCP, RFC 4340.</summary>
    Dccp = 33,

    /// <summary>IPv6 in IP, RFC 2473 and RFC 4213.</summary>
    Ipv6 = 41,

    /// <summary>IPv6 routing header, RFC 8200 section 4.4.</summary>
    Routing = 43,

    /// <summary>IPv6 fragment header, RFC 8200 section 4.5.</summary>
    Fragment = 44,

    /// <summary>Resource reservation, RFC 2205.</summary>
    Rsvp = 46,

    /// <summary>GRE, RFC 2784.</summary>
    Gre = 47,

    /// <summary>Encapsulating Security Payload, RFC 4303.</summary>
    Esp = 50,

    /// <summary>Authentication Header, RFC 4302.</summary>
    Ah = 51,

    /// <summary>ICMPv6, RFC 4443.</summary>
    Icmpv6 = 58,

    /// <summary>IPv6: no next header, RFC 8200 section 4.7.</summary>
    NoNext = 59,

    /// <summary>IPv6 destination options, RFC 8200 section 4.6.</summary>
    DestinationOptions = 60,

    /// <summary>EIGRP, RFC 7868.</summary>
    Eigrp = 88,

    /// <summary>OSPF, RFC 2328 and RFC 5340.</summary>
    Ospf = 89,

    /// <summary>PIM, RFC 7761.</summary>
    Pim = 103,

    /// <summary>SCTP, RFC 9260.</summary>
    Sctp = 132,

    /// <summary>IPv6 mobility header, number of the drafts before RFC 3775.</summary>
    OldMobility = 62,

    /// <summary>IPv6 mobility header, RFC 6275.</summary>
    Mobility = 135,
}
