using System.Net;

namespace Trama.Peers.Transports;

/// <summary>Endpoints as people know them.</summary>
public static class Endpoints
{
    /// <summary>The endpoint, with an IPv4 address when it is one in IPv6 form (RFC 4291, section 2.5.5.2).</summary>
    public static TEndpoint Unmapped<TEndpoint>(this TEndpoint endpoint)
        where TEndpoint : EndPoint =>
        endpoint is IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped
            ? (TEndpoint)(EndPoint)new IPEndPoint(mapped.Address.MapToIPv4(), mapped.Port) : endpoint;
}
