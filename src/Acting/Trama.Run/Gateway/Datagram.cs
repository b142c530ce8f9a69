using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>A view of a UDP datagram in an IP packet.</summary>
internal readonly ref struct Datagram
{
    private Datagram(IpAddress from, IpAddress to, ReadOnlySpan<byte> bytes, UdpHeader header)
    {
        (Source, Destination) = (new Endpoint(from, header.SourcePort), new Endpoint(to, header.DestinationPort));
        Payload = bytes[UdpHeader.Length..];
    }

    /// <summary>Who sent it.</summary>
    public Endpoint Source { get; }

    /// <summary>Whom it is for.</summary>
    public Endpoint Destination { get; }

    /// <summary>What it carries.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Reads one; false for any other packet, and for a fragment.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out Datagram datagram)
    {
        datagram = default;
        if (Ipv4Header.TryParse(packet, out Ipv4Header four) == ParseStatus.Complete)
            return four is { Protocol: IpProtocol.Udp, MoreFragments: false, FragmentOffset: 0 }
                && TryRead(four.Source, four.Destination, packet[four.Length..], out datagram);
        return Ipv6Header.TryParse(packet, out Ipv6Header six) == ParseStatus.Complete && six.NextHeader == IpProtocol.Udp
            && TryRead(six.Source, six.Destination, packet[Ipv6Header.Length..], out datagram);
    }

    private static bool TryRead(IpAddress from, IpAddress to, ReadOnlySpan<byte> bytes, out Datagram datagram)
    {
        bool isWhole = UdpHeader.TryParse(bytes, out UdpHeader header);
        datagram = isWhole ? new Datagram(from, to, bytes, header) : default;
        return isWhole;
    }
}
