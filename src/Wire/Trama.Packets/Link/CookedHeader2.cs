namespace Trama.Packets.Link;

/// <summary>Where the fields of the header of a Linux cooked capture, version 2, are.</summary>
public static class CookedHeader2
{
    /// <summary>The header's length, in bytes.</summary>
    public const int Length = 20;

    /// <summary>Where the type of what follows is.</summary>
    public const int TypeAt = 0;

    /// <summary>Where the index of the interface is.</summary>
    public const int InterfaceAt = 4;

    /// <summary>Where the packet's way through the host is: to it, to all, to others, from it.</summary>
    public const int PacketTypeAt = 10;

    /// <summary>Where the length of the sender's link-layer address is.</summary>
    public const int AddressLengthAt = 11;

    /// <summary>Where that address is.</summary>
    public const int AddressAt = 12;
}
