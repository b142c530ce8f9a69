using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Packets.Decoding;

/// <summary>What an ICMP error says of a TCP segment that it quotes (RFC 792, RFC 4443 section 3).</summary>
/// <param name="Timestamp">When the error was seen.</param>
/// <param name="Reporter">Who reports it.</param>
/// <param name="IsIpv6">Whether type and code are ICMPv6's.</param>
/// <param name="Type">The ICMP type.</param>
/// <param name="Code">The ICMP code.</param>
/// <param name="NextHopMtu">The largest packet that would have passed, in bytes; 0 when the error does not say.</param>
/// <param name="Source">The sender of the quoted segment.</param>
/// <param name="Destination">The receiver of the quoted segment.</param>
/// <param name="Sequence">The quoted sequence number.</param>
public readonly record struct QuotedSegment(
    Timestamp Timestamp,
    IpAddress Reporter,
    bool IsIpv6,
    byte Type,
    byte Code,
    int NextHopMtu,
    Endpoint Source,
    Endpoint Destination,
    SequenceNumber Sequence);
