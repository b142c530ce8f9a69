using System.Buffers.Binary;
using Trama.Packets.Network;

namespace Trama.Packets.Decoding;

/// <summary>Takes IP headers off a packet and notes what they say. Each method answers what follows.</summary>
internal static class NetworkLayers
{
    /// <summary>IP of either version.</summary>
    public static Layer Ip(ref Slice slice, ref IpContext ip)
    {
        if (slice.Bytes.IsEmpty) return Layer.Unknown;
        return (slice.Bytes[0] >> 4) switch
        {
            4 => Ipv4(ref slice, ref ip),
            6 => Ipv6(ref slice, ref ip),
            _ => Layer.Unknown,
        };
    }

    /// <summary>The extension headers of IPv6 (RFC 8200 section 4), and the authentication header of either version (RFC 4302).</summary>
    public static Layer Extension(ref Slice slice, ref IpContext ip)
    {
        ReadOnlySpan<byte> bytes = slice.Bytes;
        if (!IsExtension(ip.Protocol)) return Layer.Transport;
        if (bytes.Length < 8) return Layer.Unknown;
        IpProtocol protocol = ip.Protocol;
        ip.Protocol = (IpProtocol)bytes[0];
        switch (protocol)
        {
            case IpProtocol.Ah:
                slice = slice.From((bytes[1] + 2) << 2);
                return Layer.Extension;
            case IpProtocol.Fragment:
                ushort field = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
                slice = slice.From(8);
                ip.FragmentOffset = field & ~7;
                ip.MoreFragments = (field & 1) != 0;
                ip.FragmentIdentification = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
                return field < 8 && !ip.MoreFragments ? Layer.Extension : Layer.Fragment;
            default:
                slice = slice.From((bytes[1] + 1) << 3);
                return Layer.Extension;
        }
    }

    private static Layer Ipv4(ref Slice slice, ref IpContext ip)
    {
        if (Ipv4Header.TryParse(slice.Bytes, out Ipv4Header header) != ParseStatus.Complete) return Layer.Unknown;
        // Zero where segmentation offload left it to the device.
        int length = header.TotalLength == 0 ? slice.WireLength : header.TotalLength;
        if (length < header.Length) return Layer.Unknown;
        // A header that its checksum proves tells how long the packet was, also where a rewriting tool cut the frame without a word.
        bool isCut = length > slice.WireLength && default(InternetChecksum).Add(slice.Bytes[..header.Length]).Value == 0;
        slice = (isCut ? slice.Widen(length) : slice.Narrow(length)).From(header.Length);
        ip.Source = header.Source;
        ip.Destination = header.Destination;
        ip.Protocol = header.Protocol;
        ip.Identification = header.Identification;
        ip.TimeToLive = header.TimeToLive;
        if (!header.MoreFragments && header.FragmentOffset == 0)
            return header.Protocol == IpProtocol.Ah ? Layer.Extension : Layer.Transport;

        ip.FragmentOffset = header.FragmentOffset;
        ip.MoreFragments = header.MoreFragments;
        ip.FragmentIdentification = header.Identification;
        return Layer.Fragment;
    }

    private static Layer Ipv6(ref Slice slice, ref IpContext ip)
    {
        if (Ipv6Header.TryParse(slice.Bytes, out Ipv6Header header) != ParseStatus.Complete) return Layer.Unknown;
        slice = slice.From(Ipv6Header.Length);
        // Zero in a jumbogram (RFC 2675) and where segmentation offload left it to the device.
        if (header.PayloadLength != 0) slice = slice.Narrow(header.PayloadLength);
        ip.Source = header.Source;
        ip.Destination = header.Destination;
        ip.Protocol = header.NextHeader;
        ip.Identification = header.FlowLabel;
        ip.TimeToLive = header.HopLimit;
        return Layer.Extension;
    }

    private static bool IsExtension(IpProtocol protocol) => protocol is IpProtocol.HopByHop or IpProtocol.Routing
        or IpProtocol.Fragment or IpProtocol.DestinationOptions or IpProtocol.Mobility or IpProtocol.Ah;
}
