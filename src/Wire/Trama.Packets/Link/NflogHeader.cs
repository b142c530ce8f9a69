namespace Trama.Packets.Link;

/// <summary>Where the fields of a record of Linux's netfilter log are: a header, then attributes of a length, a type and a value.</summary>
public static class NflogHeader
{
    /// <summary>The header's length, in bytes.</summary>
    public const int Length = 4;

    /// <summary>Where the address family is.</summary>
    public const int FamilyAt = 0;

    /// <summary>Where the version is; 0 is the only one.</summary>
    public const int VersionAt = 1;

    /// <summary>Where the number of the log's group is, most significant byte first.</summary>
    public const int ResourceAt = 2;

    /// <summary>The length of the head of an attribute: its whole length and its type, in the capturing host's byte order.</summary>
    public const int AttributeHeaderLength = 4;

    /// <summary>Attributes start at multiples of so many bytes.</summary>
    public const int Alignment = 4;

    /// <summary>The type of the attribute that is the packet.</summary>
    public const ushort Payload = 9;

    /// <summary>The family of IPv4.</summary>
    public const byte FamilyIpv4 = 2;

    /// <summary>The family of IPv6.</summary>
    public const byte FamilyIpv6 = 10;
}
