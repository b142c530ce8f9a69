using Trama.Packets.Link;
using Trama.Packets.Transport;
using Trama.Packets.Tunnel;

namespace Trama.Packets.Decoding;

/// <summary>Takes the headers of tunnels over IP off a packet. Each method answers what follows.</summary>
internal static class TunnelLayers
{
    /// <summary>GRE and, in it, PPP and mirrored frames.</summary>
    public static Layer Gre(ref Slice slice)
    {
        if (!GreHeader.TryParse(slice.Bytes, out GreHeader header)) return Layer.Unknown;
        slice = slice.From(header.Length);
        if (header.Type == EtherType.Ppp) return Layer.Ppp;
        if (header.Type is not (EtherType.Erspan or EtherType.Erspan3)) return LinkLayers.Follow(header.Type);
        if (!ErspanHeader.TryMeasure(header, slice.Bytes, out int length)) return Layer.Unknown;
        slice = slice.From(length);
        return Layer.Ethernet;
    }

    /// <summary>UDP, for the tunnels in it.</summary>
    public static Layer Udp(ref Slice slice)
    {
        if (!UdpHeader.TryParse(slice.Bytes, out UdpHeader header)) return Layer.Unknown;
        slice = slice.From(UdpHeader.Length);
        if (!TryOpen(header.DestinationPort, ref slice, out Layer layer)) TryOpen(header.SourcePort, ref slice, out layer);
        return layer;
    }

    private static bool TryOpen(ushort port, ref Slice slice, out Layer layer)
    {
        switch (port)
        {
            case VxlanHeader.Port:
                layer = Vxlan(ref slice);
                return true;
            case GeneveHeader.Port:
                layer = Geneve(ref slice);
                return true;
            case GtpHeader.Port:
                layer = Gtp(ref slice);
                return true;
            case CapwapHeader.Port:
                layer = Capwap(ref slice);
                return true;
            default:
                layer = Layer.Unknown;
                return false;
        }
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

    private static Layer Gtp(ref Slice slice)
    {
        if (GtpHeader.TryParse(slice.Bytes, out GtpHeader header) != ParseStatus.Complete) return Layer.Unknown;
        slice = slice.Narrow(GtpHeader.MinimumLength + header.MessageLength).From(header.Length);
        return Layer.Ip;
    }

    private static Layer Capwap(ref Slice slice)
    {
        if (CapwapHeader.TryParse(slice.Bytes, out CapwapHeader header) != ParseStatus.Complete || header.IsFragment) return Layer.Unknown;
        slice = slice.From(header.Length);
        if (!header.IsNative) return Layer.Ethernet;
        return header.IsWireless ? WirelessLayers.Frame(ref slice, isPadded: false) : Layer.Unknown;
    }
}
