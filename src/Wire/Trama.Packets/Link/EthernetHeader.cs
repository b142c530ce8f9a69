namespace Trama.Packets.Link;

/// <summary>Where the fields of an Ethernet header are, IEEE 802.3.</summary>
public static class EthernetHeader
{
    /// <summary>The header's length, in bytes.</summary>
    public const int Length = 14;

    /// <summary>The length of an address, in bytes.</summary>
    public const int AddressLength = 6;

    /// <summary>Where the receiver's address is.</summary>
    public const int DestinationAt = 0;

    /// <summary>Where the sender's address is.</summary>
    public const int SourceAt = 6;

    /// <summary>Where the type of what follows is, or its length when it is an LLC frame.</summary>
    public const int TypeAt = 12;

    /// <summary>The largest number at <see cref="TypeAt"/> that is a length and not a type.</summary>
    public const int MaxLengthField = 1500;
}
