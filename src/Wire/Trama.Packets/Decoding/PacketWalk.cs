using Trama.Packets.Network;

namespace Trama.Packets.Decoding;

/// <summary>
/// Goes through the layers of a record from the outside in, and tells where in it each begins. Fragments are not joined: the part of a
/// packet that one carries is its last layer.
/// </summary>
public ref struct PacketWalk
{
    // Deeper nesting than any network uses; what is deeper was built to be deep.
    private const int MaxLayers = 32;

    private readonly ReadOnlySpan<byte> _record;
    private Slice _slice;
    private IpContext _ip;
    private bool _hasBegun;
    private int _count;

    private PacketWalk(ReadOnlySpan<byte> record, int wireLength)
    {
        _record = record;
        _slice = new Slice(record, wireLength);
    }

    /// <summary>The layer at hand.</summary>
    public Layer Layer { get; private set; }

    /// <summary>Its bytes and all they carry, as many as were captured.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _slice.Bytes;

    /// <summary>Their length on the wire, in bytes.</summary>
    public readonly int WireLength => _slice.WireLength;

    /// <summary>Where they begin in the record; its end where none of them were captured.</summary>
    public readonly int At => _record.Overlaps(_slice.Bytes, out int at) ? at : _record.Length;

    /// <summary>What the IP header before <see cref="Layer.Transport"/> and <see cref="Layer.Fragment"/> carries.</summary>
    public readonly IpProtocol Protocol => _ip.Protocol;

    /// <summary>Where a fragment begins in what its packet carries, in bytes.</summary>
    public readonly int FragmentOffset => _ip.FragmentOffset;

    /// <summary>Whether others follow the fragment at hand.</summary>
    public readonly bool MoreFragments => _ip.MoreFragments;

    /// <summary>What the fragments of the packet at hand have in common.</summary>
    public readonly uint FragmentIdentification => _ip.FragmentIdentification;

    /// <summary>The sender of the IP header at hand.</summary>
    public readonly IpAddress Source => _ip.Source;

    /// <summary>Its receiver.</summary>
    public readonly IpAddress Destination => _ip.Destination;

    /// <summary>Before the first layer of a record.</summary>
    public static PacketWalk Of(in Record record)
    {
        var walk = new PacketWalk(record.Bytes, record.OriginalLength);
        int sight = 0;
        walk.Layer = LinkLayers.Open(record.LinkType, ref walk._slice, ref sight);
        return walk;
    }

    /// <summary>Before an IP packet that stands alone, as ICMP errors quote it: the length it claims is no longer than it is.</summary>
    public static PacketWalk OfIp(ReadOnlySpan<byte> packet) => new(packet, packet.Length) { Layer = Layer.Ip };

    /// <summary>Moves on to the next layer, at first to the outermost.</summary>
    /// <returns>False after the innermost that is known; what it carries is <see cref="Bytes"/> then.</returns>
    public bool TryMoveOn()
    {
        if (_hasBegun) Layer = Open();
        _hasBegun = true;
        return Layer != Layer.Unknown && _count++ < MaxLayers;
    }

    private Layer Open()
    {
        switch (Layer)
        {
            case Layer.Ethernet: return LinkLayers.Ethernet(ref _slice);
            case Layer.Vlan: return LinkLayers.Vlan(ref _slice);
            case Layer.Llc: return LinkLayers.Llc(ref _slice);
            case Layer.PortExtender: return LinkLayers.PortExtender(ref _slice);
            case Layer.VirtualInterface: return LinkLayers.VirtualInterface(ref _slice);
            case Layer.Wireless: return WirelessLayers.Frame(ref _slice, isPadded: false);
            case Layer.Mpls: return LinkLayers.Mpls(ref _slice);
            case Layer.Pppoe: return LinkLayers.Pppoe(ref _slice);
            case Layer.Ppp: return WideAreaLayers.Ppp(ref _slice);
            case Layer.Ip: return NetworkLayers.Ip(ref _slice, ref _ip);
            case Layer.Extension: return NetworkLayers.Extension(ref _slice, ref _ip);
            case Layer.Transport when _ip.Protocol == IpProtocol.Udp: return TunnelLayers.Udp(ref _slice);
            case Layer.Transport when _ip.Protocol == IpProtocol.Gre: return TunnelLayers.Gre(ref _slice);
            case Layer.Transport when _ip.Protocol is IpProtocol.Ipv4 or IpProtocol.Ipv6: return Layer.Ip;
            default: return Layer.Unknown;
        }
    }
}
