namespace Trama.Dump.Protocols.Application.Dhcpv6;

/// <summary>The options of DHCPv6 (IANA "DHCPv6 Option Codes") that tcpdump names, and how it shows them.</summary>
internal static class Dhcpv6OptionTable
{
    private const int IdentityAssociationLength = 12, AddressOptionLength = 24, PrefixOptionLength = 25;

    /// <summary>The name of an option.</summary>
    public static string Name(int option) => option switch
    {
        1 => "client-ID",
        2 => "server-ID",
        3 => "IA_NA",
        4 => "IA_TA",
        5 => "IA_ADDR",
        6 => "option-request",
        7 => "preference",
        8 => "elapsed-time",
        9 => "relay-message",
        11 => "authentication",
        12 => "server-unicast",
        13 => "status-code",
        14 => "rapid-commit",
        15 => "user-class",
        16 => "vendor-class",
        17 => "vendor-specific-info",
        18 => "interface-ID",
        19 => "reconfigure-message",
        20 => "reconfigure-accept",
        21 => "SIP-servers-domain",
        22 => "SIP-servers-address",
        23 => "DNS-server",
        24 => "DNS-search-list",
        25 => "IA_PD",
        26 => "IA_PD-prefix",
        27 => "NIS-server",
        28 => "NIS+-server",
        29 => "NIS-domain-name",
        30 => "NIS+-domain-name",
        31 => "SNTP-servers",
        32 => "lifetime",
        33 => "BCMCS-domain-name",
        34 => "BCMCS-server",
        36 => "Geoconf-Civic",
        37 => "Remote-ID",
        38 => "Subscriber-ID",
        39 => "Client-FQDN",
        40 => "PANA-agent",
        41 => "POSIX-timezone",
        42 => "POSIX-tz-database",
        43 => "Echo-request-option",
        44 => "Lease-query",
        45 => "LQ-client-data",
        46 => "Clt-time",
        47 => "LQ-relay-data",
        48 => "LQ-client-link",
        56 => "NTP-server",
        64 => "AFTR-Name",
        112 => "MUD-URL",
        _ => $"opt_{option}",
    };

    /// <summary>How the value of an option is shown.</summary>
    public static Dhcpv6Form Form(int option) => option switch
    {
        3 or 4 or 5 or 9 or 25 or 26 or 44 or 45 => Dhcpv6Form.Holder,
        6 or 43 => Dhcpv6Form.Options,
        7 or 8 or 32 or 46 => Dhcpv6Form.Number,
        22 or 23 or 27 or 28 or 31 or 34 or 40 or 48 => Dhcpv6Form.Addresses,
        21 or 24 => Dhcpv6Form.Names,
        18 or 38 => Dhcpv6Form.Bytes,
        41 or 42 or 112 => Dhcpv6Form.Text,
        56 => Dhcpv6Form.NtpServers,
        1 or 2 or 11 or 13 or 19 or 37 or 47 or 64 => Dhcpv6Form.Own,
        _ => Dhcpv6Form.Nothing,
    };

    /// <summary>The bytes that a value has at least; of a holder, those before the options in it.</summary>
    public static int Least(int option) => option switch
    {
        1 or 2 or 13 => 2,
        3 or 25 => IdentityAssociationLength,
        4 or 37 or 56 => 4,
        5 => AddressOptionLength,
        11 => 11,
        26 => PrefixOptionLength,
        41 or 42 or 112 => 5,
        44 => 17,
        47 => 16,
        64 => 3,
        _ => 0,
    };

    /// <summary>Whether a value of an option can have that length.</summary>
    public static bool Fits(int option, int length) => Form(option) switch
    {
        Dhcpv6Form.Addresses => length % 16 == 0,
        Dhcpv6Form.Options => length % 2 == 0,
        Dhcpv6Form.Number => length == option switch { 7 => 1, 8 => 2, _ => 4 },
        Dhcpv6Form.Own when option == 19 => length == 1,
        _ => length >= Least(option),
    };
}
