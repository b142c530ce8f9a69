using System.Runtime.CompilerServices;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Packets.Decoding;

/// <summary>
/// Finds the TCP segment in a record: through link layers, VLAN and MPLS labels, PPP, IPv4 and IPv6 with extension headers,
/// tunnels (IP in IP, GRE, ERSPAN, VXLAN, Geneve, GTP-U, CAPWAP) and IP fragments. The innermost addresses are the segment's. Allocates
/// only to join fragments.
/// </summary>
public sealed class SegmentDecoder
{
    // Deeper nesting than any network uses; what is deeper was built to be deep.
    private const int MaxLayers = 32;

    private readonly FragmentStore _fragments = new();
    private QuotedSegment _quote;

    /// <summary>The ICMP error of the last record; meaningful after <see cref="Decoded.QuotedSegment"/>.</summary>
    public ref readonly QuotedSegment Quote => ref _quote;

    /// <summary>Looks for TCP in a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="segment">The segment, when the answer is <see cref="Decoded.Segment"/>.</param>
    public Decoded Decode(scoped in Record record, out TcpSegment segment)
    {
        // Both ways set each of its fields: to clear it for every packet first would cost more than to read most of its headers.
        Unsafe.SkipInit(out segment);
        if (PlainSegment.TryRead(record, ref segment)) return Decoded.Segment;
        segment = default;
        return DecodeLayers(record, ref segment);
    }

    /// <summary>Goes through the layers of a record one by one.</summary>
    internal Decoded DecodeLayers(scoped in Record record, ref TcpSegment segment)
    {
        var slice = new Slice(record.Bytes, record.OriginalLength);
        var ip = default(IpContext);
        int sight = record.InterfaceId;
        Layer layer = LinkLayers.Open(record.LinkType, ref slice, ref sight);
        for (int count = 0; count < MaxLayers; count++)
        {
            switch (layer)
            {
                case Layer.Ethernet: layer = LinkLayers.Ethernet(ref slice); break;
                case Layer.Vlan: layer = LinkLayers.Vlan(ref slice); break;
                case Layer.Llc: layer = LinkLayers.Llc(ref slice); break;
                case Layer.PortExtender: layer = LinkLayers.PortExtender(ref slice); break;
                case Layer.VirtualInterface: layer = LinkLayers.VirtualInterface(ref slice); break;
                case Layer.Wireless: layer = WirelessLayers.Frame(ref slice, isPadded: false); break;
                case Layer.Mpls: layer = LinkLayers.Mpls(ref slice); break;
                case Layer.Pppoe: layer = LinkLayers.Pppoe(ref slice); break;
                case Layer.Ppp: layer = WideAreaLayers.Ppp(ref slice); break;
                case Layer.Ip: layer = NetworkLayers.Ip(ref slice, ref ip); break;
                case Layer.Extension: layer = NetworkLayers.Extension(ref slice, ref ip); break;
                case Layer.Fragment:
                    if (!TryJoin(ref slice, in ip)) return Decoded.Fragment;
                    layer = Layer.Extension;
                    break;
                case Layer.Transport:
                    switch (ip.Protocol)
                    {
                        case IpProtocol.Tcp: return View(slice, in ip, record, sight, ref segment);
                        case IpProtocol.Udp: layer = TunnelLayers.Udp(ref slice); break;
                        case IpProtocol.Gre: layer = TunnelLayers.Gre(ref slice); break;
                        case IpProtocol.Ipv4 or IpProtocol.Ipv6: layer = Layer.Ip; break;
                        case IpProtocol.Icmp:
                            return IcmpErrors.TryReadIcmp(slice, in ip, record.Timestamp, out _quote)
                                ? Decoded.QuotedSegment : Decoded.Nothing;
                        case IpProtocol.Icmpv6:
                            return IcmpErrors.TryReadIcmpv6(slice, in ip, record.Timestamp, out _quote)
                                ? Decoded.QuotedSegment : Decoded.Nothing;
                        default: return Decoded.Nothing;
                    }

                    break;
                default: return Decoded.Nothing;
            }
        }

        return Decoded.Nothing;
    }

    private bool TryJoin(ref Slice slice, scoped in IpContext ip)
    {
        // A fragment that the capture cut cannot be joined.
        if (slice.Bytes.Length < slice.WireLength) return false;
        var key = new FragmentKey(ip.Source, ip.Destination, ip.FragmentIdentification, ip.Protocol);
        if (!_fragments.TryComplete(key, slice.Bytes, ip.FragmentOffset, ip.MoreFragments, out ReadOnlySpan<byte> whole)) return false;
        slice = new Slice(whole, whole.Length);
        return true;
    }

    private static Decoded View(Slice slice, scoped in IpContext ip, scoped in Record record, int sight, ref TcpSegment segment)
    {
        if (!TcpHeader.TryParseCut(slice.Bytes, out TcpHeader header, out int length) || length > slice.WireLength) return Decoded.Nothing;
        segment.Timestamp = record.Timestamp;
        segment.Source = new Endpoint(ip.Source, header.SourcePort);
        segment.Destination = new Endpoint(ip.Destination, header.DestinationPort);
        segment.Sequence = header.Sequence;
        segment.Acknowledgement = header.Acknowledgement;
        segment.Flags = header.Flags;
        segment.Window = header.Window;
        segment.Checksum = header.Checksum;
        segment.UrgentPointer = header.UrgentPointer;
        segment.HeaderLength = length;
        segment.Options = header.Options;
        segment.Payload = slice.From(length).Bytes;
        segment.PayloadLength = slice.WireLength - length;
        Padding.TakeOff(ref segment);
        segment.IpIdentification = ip.Identification;
        segment.TimeToLive = ip.TimeToLive;
        segment.Sight = sight;
        segment.PayloadNote = record.PayloadNote;
        return Decoded.Segment;
    }
}
