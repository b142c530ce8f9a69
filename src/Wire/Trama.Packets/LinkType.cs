namespace Trama.Packets;

/// <summary>
/// The layer at which a record starts, by its number in capture files (LINKTYPE_ of the pcap format). A number without a
/// name here is a value too.
/// </summary>
public enum LinkType
{
    /// <summary>BSD loopback: four bytes of address family in the byte order of the capturing host.</summary>
    Null = 0,

    /// <summary>Ethernet, IEEE 802.3.</summary>
    Ethernet = 1,

    /// <summary>PPP, with or without HDLC-like framing.</summary>
    Ppp = 9,

    /// <summary>FDDI, ISO 9314.</summary>
    Fddi = 10,

    /// <summary>PPP in HDLC-like framing (RFC 1662), or Cisco HDLC.</summary>
    PppHdlc = 50,

    /// <summary>LLC over ATM, RFC 2684.</summary>
    AtmLlc = 100,

    /// <summary>Raw IP; the version field tells which (as LINKTYPE_).</summary>
    Raw = 101,

    /// <summary>Cisco HDLC.</summary>
    CiscoHdlc = 104,

    /// <summary>IEEE 802.11.</summary>
    Ieee80211 = 105,

    /// <summary>Frame Relay, Q.922.</summary>
    FrameRelay = 107,

    /// <summary>OpenBSD loopback: four bytes of address family in network byte order.</summary>
    Loop = 108,

    /// <summary>Linux cooked capture, version 1.</summary>
    LinuxSll = 113,

    /// <summary>IEEE 802.11 behind a radiotap header.</summary>
    Radiotap = 127,

    /// <summary>Raw IPv4.</summary>
    Ipv4 = 228,

    /// <summary>Raw IPv6.</summary>
    Ipv6 = 229,

    /// <summary>Linux netfilter log.</summary>
    Nflog = 239,

    /// <summary>IP over InfiniBand: a global routing header, then an Ethernet type and two reserved bytes.</summary>
    IpOverInfiniband = 242,

    /// <summary>Linux cooked capture, version 2.</summary>
    LinuxSll2 = 276,
}
