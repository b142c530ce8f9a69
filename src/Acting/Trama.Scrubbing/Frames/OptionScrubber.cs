using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Packets.Tunnel;
using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Frames;

/// <summary>
/// Scrubs options of IPv4, TCP and IPv6: those that only say how, stay; those that name somebody or prove something do not.
/// </summary>
internal sealed class OptionScrubber(ScrubKey key, AddressMap addresses)
{
    private const byte End = 0, None = 1;

    // Maximum segment size, window scale, selective acknowledgement, timestamps, user timeout (IANA: TCP Option Kind Numbers).
    private static ReadOnlySpan<byte> KeptOfTcp => [2, 3, 4, 5, 8, 28];

    // Router alert (RFC 2113).
    private static ReadOnlySpan<byte> KeptOfIp => [148];

    // Router alert and jumbo payload (RFC 2711, RFC 2675).
    private static ReadOnlySpan<byte> KeptOfIpv6 => [5, 0xc2];

    /// <summary>Scrubs options of TCP.</summary>
    public void ScrubTcp(Span<byte> options) => Scrub(options, KeptOfTcp);

    /// <summary>Scrubs options of IPv4.</summary>
    public void ScrubIp(Span<byte> options) => Scrub(options, KeptOfIp);

    /// <summary>Scrubs an extension header of IPv6, which begins with what follows it and its length.</summary>
    public void ScrubExtension(IpProtocol protocol, Span<byte> header)
    {
        switch (protocol)
        {
            case IpProtocol.Routing:
                for (int at = 8; at + 16 <= header.Length; at += 16) addresses.Map(header.Slice(at, 16));
                break;
            case IpProtocol.HopByHop or IpProtocol.DestinationOptions:
                for (int at = 2; at + 1 < header.Length;)
                {
                    // One byte of padding has no length.
                    if (header[at] == 0)
                    {
                        at++;
                        continue;
                    }

                    int length = Math.Min(header[at + 1], header.Length - at - 2);
                    if (!KeptOfIpv6.Contains(header[at])) key.Replace(header.Slice(at + 2, length));
                    at += 2 + length;
                }

                break;
            case IpProtocol.Fragment:
                break;
            default:
                if (header.Length > 8) key.Replace(header[8..]);
                break;
        }
    }

    /// <summary>Scrubs the options of Geneve (RFC 8926 section 3.5), of other tunnels nothing.</summary>
    /// <param name="headers">The headers of UDP and the tunnel.</param>
    public void ScrubTunnel(Span<byte> headers)
    {
        if (!UdpHeader.TryParse(headers, out UdpHeader udp) || udp.DestinationPort != GeneveHeader.Port) return;
        for (int at = UdpHeader.Length + GeneveHeader.MinimumLength; at + 4 <= headers.Length;)
        {
            int length = Math.Min((headers[at + 3] & 0x1f) << 2, headers.Length - at - 4);
            key.Replace(headers.Slice(at + 4, length));
            at += 4 + length;
        }
    }

    private void Scrub(Span<byte> options, ReadOnlySpan<byte> kept)
    {
        for (int at = 0; at < options.Length;)
        {
            byte kind = options[at];
            if (kind == End)
            {
                key.Replace(options[at..]);
                return;
            }

            if (kind == None)
            {
                at++;
                continue;
            }

            int rest = options.Length - at;
            int length = rest > 1 && options[at + 1] >= 2 ? Math.Min(options[at + 1], rest) : rest;
            if (length > 2 && !kept.Contains(kind)) key.Replace(options.Slice(at + 2, length - 2));
            at += length;
        }
    }
}
