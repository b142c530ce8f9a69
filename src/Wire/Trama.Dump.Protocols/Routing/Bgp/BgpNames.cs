namespace Trama.Dump.Protocols.Routing.Bgp;

/// <summary>The names of address families and of BGP's subsequent ones (IANA "Address Family Numbers" and "SAFI Values").</summary>
internal static class BgpNames
{
    /// <summary>Prints a pair of families.</summary>
    public static void PrintFamilies(Dissection d, int family, int subfamily) =>
        d.Print($"AFI {Family(family) ?? "Unknown"} ({family}), SAFI {Subfamily(subfamily) ?? "Unknown"} ({subfamily})");

    /// <summary>The name of an address family, or null.</summary>
    public static string? Family(int number) => number switch
    {
        0 => "Reserved",
        1 => "IPv4",
        2 => "IPv6",
        3 => "NSAP",
        4 => "HDLC",
        5 => "BBN 1822",
        6 => "802",
        7 => "E.163",
        8 => "E.164",
        9 => "F.69",
        10 => "X.121",
        11 => "Novell IPX",
        12 => "Appletalk",
        13 => "Decnet IV",
        14 => "Banyan Vines",
        15 => "E.164 with NSAP subaddress",
        25 => "VPLS",
        196 => "Layer-2 VPN",
        _ => null,
    };

    /// <summary>The name of a subsequent address family, or null.</summary>
    public static string? Subfamily(int number) => number switch
    {
        0 => "Reserved",
        1 => "Unicast",
        2 => "Multicast",
        3 => "Unicast+Multicast",
        4 => "labeled Unicast",
        5 => "Multicast VPN",
        64 => "Tunnel",
        65 => "VPLS",
        66 => "MDT",
        70 => "EVPN",
        128 => "labeled VPN Unicast",
        129 => "labeled VPN Multicast",
        130 => "labeled VPN Unicast+Multicast",
        132 => "Route Target Routing Information",
        _ => null,
    };
}
