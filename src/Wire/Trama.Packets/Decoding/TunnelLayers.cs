using Trama.Packets.Link;
using Trama.Packets.Transport;
using Trama.Packets.Tunnel;

namespace Trama.Packets.Decoding;

/// <summary>Takes the headers of tunnels over IP off a packet. Each method answers what follows.</summary>
internal static class TunnelLayers
{
    /// <summary>GRE and, in it, PPP.</summary>
    public static Layer Gre(ref Slice slice)
    {
        if (!GreHeader.TryParse(slice.Bytes, out GreHeader header)) return Layer.Unknown;
        slice = slice.From(header.Length);
        return header.Type == EtherType.Ppp ? Layer.Ppp : LinkLayers.Follow(header.Type);
    }

    /// <summary>UDP, for the tunnels in it.</summary>
    public static Layer Udp(ref Slice slice)
    {
        if (!UdpHeader.TryParse(slice.Bytes, out UdpHeader header)) return Layer.Unknown;
        slice = slice.From(UdpHeader.Length);
        return header.DestinationPort switch
        {
            VxlanHeader.Port => Vxlan(ref slice),
            GeneveHeader.Port => Geneve(ref slice),
            _ => header.SourcePort switch
            {
                VxlanHeader.Port => Vxlan(ref slice),
                GeneveHeader.Port => Geneve(ref slice),
                _ => Layer.Unknown,
            },
        };
    }

    private static Layer Vxlan(ref Slice slice)
    {
        if (!VxlanHeader.TryParse(slice.Bytes, out VxlanHeader header) || !header.IsValid) return Layer.Unknown;
        slice = slice.From(VxlanHeader.Length);
        return Layer.Ethernet;
    }

    private static Layer Geneve(ref Slice slice)
    {
        if (!GeneveHeader.TryParse(slice.Bytes, out GeneveHeader header) || header.Version != 0) return Layer.Unknown;
        slice = slice.From(header.Length);
        return LinkLayers.Follow(header.Type);
    }
}
