using System.Buffers.Binary;
using Trama.Packets;
using Trama.Packets.Network;

namespace Trama.Run.Gateway;

/// <summary>A view of an ICMP echo request in an IP packet (RFC 792, RFC 4443 section 4).</summary>
internal readonly ref struct Echo
{
    /// <summary>Where the checksum stands in the message, and where the identifier.</summary>
    public const int ChecksumAt = 2, IdentifierAt = 4;

    private const int Length = 8;
    private const byte Request = 8, RequestIpv6 = 128;

    private Echo(IpAddress from, IpAddress to, ReadOnlySpan<byte> message)
    {
        (Source, Destination) = (from, to);
        Message = message;
    }

    /// <summary>Who sent it.</summary>
    public IpAddress Source { get; }

    /// <summary>Whom it is for.</summary>
    public IpAddress Destination { get; }

    /// <summary>The message, from its type on.</summary>
    public ReadOnlySpan<byte> Message { get; }

    /// <summary>By which the sender knows its own.</summary>
    public ushort Identifier => BinaryPrimitives.ReadUInt16BigEndian(Message[IdentifierAt..]);

    /// <summary>Reads one; false for any other packet, and for a fragment.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out Echo echo)
    {
        echo = default;
        if (Ipv4Header.TryParse(packet, out Ipv4Header four) == ParseStatus.Complete)
        {
            if (four is not { Protocol: IpProtocol.Icmp, MoreFragments: false, FragmentOffset: 0 }) return false;
            echo = new Echo(four.Source, four.Destination, packet[four.Length..]);
        }
        else if (Ipv6Header.TryParse(packet, out Ipv6Header six) == ParseStatus.Complete && six.NextHeader == IpProtocol.Icmpv6)
        {
            echo = new Echo(six.Source, six.Destination, packet[Ipv6Header.Length..]);
        }

        return echo.Message.Length >= Length && echo.Message[0] == (echo.Source.IsIpv6 ? RequestIpv6 : Request);
    }
}
