namespace Trama.Packets.Link;

/// <summary>Where the fields of an LLC header are, IEEE 802.2, and of the SNAP header that may follow.</summary>
public static class LlcHeader
{
    /// <summary>The length of the header of a frame without numbers, in bytes.</summary>
    public const int UnnumberedLength = 3;

    /// <summary>Where the access point of the receiver is.</summary>
    public const int DestinationAt = 0;

    /// <summary>Where the access point of the sender is.</summary>
    public const int SourceAt = 1;

    /// <summary>Where the control field is: one byte in a frame without numbers, else two.</summary>
    public const int ControlAt = 2;

    /// <summary>The control field of unnumbered information.</summary>
    public const byte UnnumberedInformation = 0x03;

    /// <summary>The access point of IP.</summary>
    public const byte AccessPointIp = 0x06;

    /// <summary>The access point of the spanning tree protocol.</summary>
    public const byte AccessPointSpanningTree = 0x42;

    /// <summary>The access point of SNAP.</summary>
    public const byte AccessPointSnap = 0xaa;

    /// <summary>The access point of OSI protocols, which a first byte tells apart.</summary>
    public const byte AccessPointOsi = 0xfe;

    /// <summary>The length of a SNAP header, in bytes: the number of an organisation and one of its protocols.</summary>
    public const int SnapLength = 5;

    /// <summary>Where the protocol is in a SNAP header.</summary>
    public const int SnapProtocolAt = 3;

    /// <summary>The organisation whose protocols are the types of Ethernet, RFC 1042.</summary>
    public const int OrganisationEthernet = 0x000000;

    /// <summary>The organisation of frames that bridges translate, whose protocols are the types of Ethernet too.</summary>
    public const int OrganisationBridge = 0x0000f8;

    /// <summary>The organisation of frames of other networks, RFC 2684 and RFC 2427.</summary>
    public const int OrganisationBridged = 0x0080c2;

    /// <summary>Of <see cref="OrganisationBridged"/>: an Ethernet frame with its checksum.</summary>
    public const ushort BridgedEthernetWithChecksum = 1;

    /// <summary>Of <see cref="OrganisationBridged"/>: an Ethernet frame without its checksum.</summary>
    public const ushort BridgedEthernet = 7;
}
