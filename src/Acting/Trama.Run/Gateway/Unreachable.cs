using Trama.Packets.Network;

namespace Trama.Run.Gateway;

/// <summary>How the command's kernel is told that a packet cannot get there, by ICMP as a router would.</summary>
internal static class Unreachable
{
    /// <summary>The gateway's own addresses, which report it.</summary>
    public static readonly IpAddress ReporterIpv4 = IpAddress.FromBytes([198, 18, 0, 2]),
        ReporterIpv6 = IpAddress.FromBytes([0xfd, 0x74, 0x72, 0x61, 0x6d, 0x61, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);

    /// <summary>Who reports what concerns an address.</summary>
    public static IpAddress Reporter(IpAddress about) => about.IsIpv6 ? ReporterIpv6 : ReporterIpv4;

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
