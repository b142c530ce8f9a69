using Trama.Packets.Network;

namespace Trama.Packets.Decoding;

/// <summary>What the fragments of one packet have in common (RFC 791 section 3.2, RFC 8200 section 4.5).</summary>
internal readonly record struct FragmentKey(IpAddress Source, IpAddress Destination, uint Identification, IpProtocol Protocol);
