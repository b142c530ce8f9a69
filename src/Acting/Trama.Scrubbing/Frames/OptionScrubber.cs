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

    /// <summary>Scrubs options of TCP.</summary>
    public void ScrubTcp(Span<byte> options) => Scrub(options, StaysInTcp);

    /// <summary>Scrubs options of IPv4.</summary>
    public void ScrubIp(Span<byte> options) => Scrub(options, StaysInIp);

    // Maximum segment size, window scale, selective acknowledgement, timestamps, user timeout (IANA: TCP Option Kind Numbers), each as
    // long as it has to be: what is longer says something else.
    private static bool StaysInTcp(byte kind, int length) =>
        (kind, length) is (2, 4) or (3, 3) or (4, 2) or (8, 10) or (28, 4) or (5, 10 or 18 or 26 or 34);

    // Router alert (RFC 2113).
    private static bool StaysInIp(byte kind, int length) => (kind, length) is (148, 4);

    // Router alert and jumbo payload (RFC 2711, RFC 2675), by the length of what they say.
    private static bool StaysInIpv6(byte kind, int length) => (kind, length) is (5, 2) or (0xc2, 4);

    /// <summary>Scrubs an extension header of IPv6, which begins with what follows it and its length.</summary>
    public void ScrubExtension(IpProtocol protocol, Span<byte> header)
    {
        switch (protocol)
        {
            case IpProtocol.Routing:
                int end = 8;
                for (; end + 16 <= header.Length; end += 16) addresses.Map(header.Slice(end, 16));
                key.Replace(header[Math.Min(end, header.Length)..]);
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
                    if (!StaysInIpv6(header[at], length)) key.Replace(header.Slice(at + 2, length));
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

    /// <summary>Scrubs the options of Geneve (RFC 8926 section 3.5) and of CAPWAP; other tunnels have none.</summary>
    /// <param name="headers">The headers of UDP and the tunnel.</param>
    public void ScrubTunnel(Span<byte> headers)
    {
        if (!UdpHeader.TryParse(headers, out UdpHeader udp)) return;
        // The address of a radio and what its vendor says, behind their lengths (RFC 5415 section 4.3).
        const int RadioAt = UdpHeader.Length + CapwapHeader.MinimumLength + 1;
        if (CapwapHeader.Port == udp.DestinationPort || CapwapHeader.Port == udp.SourcePort)
            key.Replace(headers[Math.Min(RadioAt, headers.Length)..]);
        if (udp.DestinationPort != GeneveHeader.Port) return;
        for (int at = UdpHeader.Length + GeneveHeader.MinimumLength; at + 4 <= headers.Length;)
        {
            int length = Math.Min((headers[at + 3] & 0x1f) << 2, headers.Length - at - 4);
            key.Replace(headers.Slice(at + 4, length));
            at += 4 + length;
        }
    }

    private void Scrub(Span<byte> options, Func<byte, int, bool> stays)
    {
        for (int at = 0; at < options.Length;)
        {
            byte kind = options[at];
            if (kind == End)
            {
                key.Replace(options[(at + 1)..]);
                return;
            }

            if (kind == None)
            {
                at++;
                continue;
            }

            int rest = options.Length - at;
            int length = rest > 1 && options[at + 1] >= 2 ? Math.Min(options[at + 1], rest) : rest;
            if (length > 2 && !stays(kind, length)) key.Replace(options.Slice(at + 2, length - 2));
            at += length;
        }
    }
}
