using System.Net;

namespace Trama.Run.Gateway;

/// <summary>
/// The addresses of the command's network: of the network for benchmarks (RFC 2544) and of a private one (RFC 4193), to which a host
/// hardly talks.
/// </summary>
internal static class Addresses
{
    /// <summary>The command's.</summary>
    public static readonly IPAddress Ipv4 = IPAddress.Parse("198.18.0.1"), Ipv6 = IPAddress.Parse("fd74:7261:6d61::1");

    /// <summary>The gateway's.</summary>
    public static readonly IPAddress GatewayIpv4 = IPAddress.Parse("198.18.0.2"), GatewayIpv6 = IPAddress.Parse("fd74:7261:6d61::2");

    /// <summary>Under which a program that speaks to ::1 is known to one within that listens there.</summary>
    public static readonly IPAddress LoopbackClientIpv6 = IPAddress.Parse("fd74:7261:6d61::3");
}
