namespace Trama.Dump.Link.Ppp;

/// <summary>Numbers of the protocols in PPP frames (IANA "Point-to-Point (PPP) Protocol Field Assignments").</summary>
internal static class PppProtocol
{
    public const int Ipv4 = 0x0021, VanJacobsonUncompressed = 0x002f, Multilink = 0x003d, Ipv6 = 0x0057, Compressed = 0x00fd;
    public const int MplsUnicast = 0x0281, MplsMulticast = 0x0283, Ipcp = 0x8021, Ipv6cp = 0x8057, Ccp = 0x80fd, Bacp = 0xc02b;
    public const int Lcp = 0xc021, Pap = 0xc023, QualityReport = 0xc025, Spap = 0xc027, Bap = 0xc02d, OldSpap = 0xc123, Chap = 0xc223,
        Eap = 0xc227;
    public const int OsiControl = 0x8023, MplsControl = 0x8281;

    /// <summary>The name of a protocol, or null.</summary>
    public static string? Find(int protocol) => protocol switch
    {
        Ipv4 => "IP",
        0x0023 => "OSI",
        0x0025 => "NS",
        0x0027 => "DECNET",
        0x0029 => "APPLE",
        0x002b => "IPX",
        0x002d => "VJC IP",
        VanJacobsonUncompressed => "VJNC IP",
        0x0031 => "BRPDU",
        0x0033 => "STII",
        0x0035 => "VINES",
        Multilink => "MLPPP",
        Ipv6 => "IP6",
        Compressed => "Compressed",
        0x0201 => "HELLO",
        0x0231 => "LUXCOM",
        0x0233 => "SNS",
        MplsUnicast or MplsMulticast => "MPLS",
        Ipcp => "IPCP",
        OsiControl => "OSICP",
        0x8025 => "NSCP",
        0x8027 => "DECNETCP",
        0x8029 => "APPLECP",
        0x802b => "IPXCP",
        0x8033 => "STIICP",
        0x8035 => "VINESCP",
        0x803d => "MLPPP-CP",
        Ipv6cp => "IP6CP",
        Ccp => "CCP",
        MplsControl => "MPLSCP",
        Lcp => "LCP",
        Pap => "PAP",
        QualityReport => "LQM",
        Spap => "SPAP",
        Bacp => "BACP",
        Bap => "BAP",
        OldSpap => "Old-SPAP",
        Chap => "CHAP",
        Eap => "EAP",
        _ => null,
    };
}
