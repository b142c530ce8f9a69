namespace Trama.Dump.Protocols.Application.Dhcp;

/// <summary>How the value of a DHCP option is encoded, and with that how it is shown.</summary>
internal enum DhcpEncoding : byte
{
    /// <summary>Not known; the length tells what it may be.</summary>
    Unknown,

    /// <summary>There is no value.</summary>
    None,

    /// <summary>IPv4 addresses.</summary>
    Addresses,

    /// <summary>Pairs of IPv4 addresses: destination and router, or address and mask.</summary>
    AddressPairs,

    /// <summary>Numbers of 32 bits.</summary>
    Unsigned32,

    /// <summary>Numbers of 32 bits with a sign.</summary>
    Signed32,

    /// <summary>Numbers of 16 bits.</summary>
    Unsigned16,

    /// <summary>Numbers of 8 bits.</summary>
    Octets,

    /// <summary>Yes or no, in a byte each.</summary>
    Flags,

    /// <summary>Text.</summary>
    Characters,

    /// <summary>The type of the message, RFC 2132 section 9.6.</summary>
    MessageType,

    /// <summary>Numbers of options, RFC 2132 section 9.8.</summary>
    OptionList,

    /// <summary>How NetBIOS names are resolved, RFC 2132 section 8.7.</summary>
    NodeType,

    /// <summary>Which header fields carry options too, RFC 2132 section 9.3.</summary>
    Overload,

    /// <summary>A type and an identifier, RFC 2132 section 9.14.</summary>
    Client,

    /// <summary>Flags, two result codes and a domain name, RFC 4702.</summary>
    FullName,

    /// <summary>What a relay agent adds, RFC 3046.</summary>
    RelayAgent,

    /// <summary>Routes with the length of a prefix each, RFC 3442.</summary>
    Routes,

    /// <summary>Only the length is shown.</summary>
    Unread,
}
