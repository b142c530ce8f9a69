namespace Trama.Packets.Link;

/// <summary>Where the fields of the header of a Linux cooked capture, version 1, are.</summary>
public static class CookedHeader
{
    /// <summary>The header's length, in bytes.</summary>
    public const int Length = 16;

    /// <summary>Where the packet's way through the host is: to it, to all, to others, from it.</summary>
    public const int PacketTypeAt = 0;

    /// <summary>Where the length of the sender's link-layer address is.</summary>
    public const int AddressLengthAt = 4;

    /// <summary>Where that address is.</summary>
    public const int AddressAt = 6;

    /// <summary>Where the type of what follows is.</summary>
    public const int TypeAt = 14;

    /// <summary>The type, in both versions, of an LLC frame.</summary>
    public const ushort LogicalLinkType = 4;
}
