using Trama.Packets.Network;

namespace Trama.Run.Gateway;

/// <summary>How the command's kernel is told that a packet cannot get there, by ICMP as a router would.</summary>
internal static class Unreachable
{
    /// <summary>The gateway's own address, which reports what concerns an address.</summary>
    public static IpAddress Reporter(IpAddress about) => IpAddress.FromBytes(
        (about.IsIpv6 ? Addresses.GatewayIpv6 : Addresses.GatewayIpv4).GetAddressBytes());

    /// <summary>The code of the message (RFC 792, RFC 1812 section 5.2.7.1; RFC 4443 section 3.1).</summary>
    public static int Code(Refusal refusal, bool isIpv6) => (refusal, isIpv6) switch
    {
        (Refusal.NetworkUnreachable, _) => 0,
        (Refusal.HostUnreachable, false) => 1,
        (Refusal.HostUnreachable, true) => 3,
        (Refusal.Reset, false) => 3,
        (Refusal.Reset, true) => 4,
        (_, false) => 13,
        _ => 1,
    };
}
