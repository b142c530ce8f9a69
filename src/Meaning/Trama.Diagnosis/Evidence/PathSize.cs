using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>What a router says of the size of packets that pass (RFC 1191, RFC 8201).</summary>
internal static class PathSize
{
    private const byte Unreachable = 3;
    private const byte FragmentationNeeded = 4;
    private const byte PacketTooBig = 2;

    /// <summary>The headers of IPv4, or IPv6, and TCP take at least so much of a packet.</summary>
    private const int HeaderBytes = 40;

    /// <summary>Whether an ICMP error says that a packet was too large.</summary>
    public static bool IsTooSmall(in QuotedSegment error) =>
        error.IsIpv6 ? error.Type == PacketTooBig : error is { Type: Unreachable, Code: FragmentationNeeded };

    /// <summary>Whether a segment is larger than what an ICMP error says would pass.</summary>
    public static bool IsTooSmall(in QuotedSegment error, in TracedSegment segment) =>
        IsTooSmall(error) && error.NextHopMtu > 0 && segment.Length + HeaderBytes > error.NextHopMtu;
}
