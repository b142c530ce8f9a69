namespace Trama.Scrubbing.Fields;

/// <summary>Families of addresses, as protocols number them (IANA: Address Family Numbers).</summary>
internal static class AddressFamily
{
    public const int Ipv4 = 1;

    public const int Ipv6 = 2;

    /// <summary>That of Ethernet's networks over others (RFC 7432).</summary>
    public const int Layer2Vpn = 25;

    /// <summary>How many bytes its addresses have; 0 for those that are none of IP.</summary>
    public static int Size(int family) => family switch { Ipv4 => 4, Ipv6 => 16, _ => 0 };
}
