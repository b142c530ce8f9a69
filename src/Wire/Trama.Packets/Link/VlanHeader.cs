namespace Trama.Packets.Link;

/// <summary>Where the fields of a VLAN tag are, IEEE 802.1Q, counted from behind the type that announces it.</summary>
public static class VlanHeader
{
    /// <summary>The length of the tag's contents and of the type that follows, in bytes.</summary>
    public const int Length = 4;

    /// <summary>Where priority, the drop-eligible bit and the number of the VLAN are.</summary>
    public const int ContentsAt = 0;

    /// <summary>Where the type of what follows is, or its length when it is an LLC frame.</summary>
    public const int TypeAt = 2;
}
