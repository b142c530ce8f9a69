namespace Trama.Packets.Link;

/// <summary>
/// The protocol in the first byte of what Frame Relay and OSI networks carry (ISO/IEC TR 9577). A number without a name here is a value
/// too.
/// </summary>
public enum NlpId : byte
{
    /// <summary>Padding before the number itself, RFC 2427.</summary>
    Padding = 0x00,

    /// <summary>Call control of Frame Relay, Q.933.</summary>
    Q933 = 0x08,

    /// <summary>A SNAP header.</summary>
    Snap = 0x80,

    /// <summary>CLNP, ISO 8473.</summary>
    Clnp = 0x81,

    /// <summary>ES-IS, ISO 9542.</summary>
    EsIs = 0x82,

    /// <summary>IS-IS, ISO 10589.</summary>
    IsIs = 0x83,

    /// <summary>IPv6.</summary>
    Ipv6 = 0x8e,

    /// <summary>Fragments of Frame Relay, FRF.12.</summary>
    Frf12 = 0xb1,

    /// <summary>Several links as one, FRF.15.</summary>
    MultilinkFrf15 = 0xb2,

    /// <summary>IPv4.</summary>
    Ipv4 = 0xcc,

    /// <summary>PPP, RFC 1973.</summary>
    Ppp = 0xcf,
}
