using Trama.Packets.Link;

namespace Trama.Dump.Link;

/// <summary>The tag control information of IEEE 802.1Q and the type behind it.</summary>
internal static class VlanTag
{
    /// <summary>Whether a frame's type announces a tag.</summary>
    public static bool IsTag(int type) => (EtherType)type is EtherType.Vlan or EtherType.ServiceVlan or EtherType.OldServiceVlan
        or EtherType.OtherOldServiceVlan;

    /// <summary>Appends a tag: VLAN number, priority, and whether the frame may be dropped.</summary>
    public static void Append(LineWriter output, int tag)
    {
        output.Append($"vlan {tag & 0xfff}, p {tag >> 13}");
        if ((tag & 0x1000) != 0) output.Append(", DEI"u8);
    }
}
