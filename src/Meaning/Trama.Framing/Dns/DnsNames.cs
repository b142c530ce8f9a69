using System.Globalization;

namespace Trama.Framing.Dns;

/// <summary>The names of numbers (IANA, "Domain Name System (DNS) Parameters").</summary>
internal static class DnsNames
{
    /// <summary>What an opcode asks for; empty for a query, null for none.</summary>
    public static string? Operation(int opcode) => opcode switch
    {
        0 => "",
        1 => "IQUERY ",
        2 => "STATUS ",
        4 => "NOTIFY ",
        5 => "UPDATE ",
        6 => "DSO ",
        _ => null,
    };

    /// <summary>A type of record.</summary>
    public static string Type(ushort type) => type switch
    {
        1 => "A",
        2 => "NS",
        5 => "CNAME",
        6 => "SOA",
        12 => "PTR",
        13 => "HINFO",
        15 => "MX",
        16 => "TXT",
        17 => "RP",
        18 => "AFSDB",
        24 => "SIG",
        25 => "KEY",
        28 => "AAAA",
        29 => "LOC",
        33 => "SRV",
        35 => "NAPTR",
        36 => "KX",
        37 => "CERT",
        39 => "DNAME",
        42 => "APL",
        43 => "DS",
        44 => "SSHFP",
        45 => "IPSECKEY",
        46 => "RRSIG",
        47 => "NSEC",
        48 => "DNSKEY",
        49 => "DHCID",
        50 => "NSEC3",
        51 => "NSEC3PARAM",
        52 => "TLSA",
        53 => "SMIMEA",
        55 => "HIP",
        59 => "CDS",
        60 => "CDNSKEY",
        61 => "OPENPGPKEY",
        62 => "CSYNC",
        63 => "ZONEMD",
        64 => "SVCB",
        65 => "HTTPS",
        99 => "SPF",
        249 => "TKEY",
        251 => "IXFR",
        252 => "AXFR",
        255 => "ANY",
        256 => "URI",
        257 => "CAA",
        _ => string.Create(CultureInfo.InvariantCulture, $"TYPE{type}"),
    };

    /// <summary>A class other than the Internet's; empty for that.</summary>
    public static string Class(ushort kind) => kind switch
    {
        3 => " CH",
        4 => " HS",
        254 => " NONE",
        255 => " ANY",
        _ => "",
    };

    /// <summary>How a reply ended.</summary>
    public static string Code(int code) => code switch
    {
        0 => "NOERROR",
        1 => "FORMERR",
        2 => "SERVFAIL",
        3 => "NXDOMAIN",
        4 => "NOTIMP",
        5 => "REFUSED",
        6 => "YXDOMAIN",
        7 => "YXRRSET",
        8 => "NXRRSET",
        9 => "NOTAUTH",
        10 => "NOTZONE",
        11 => "DSOTYPENI",
        _ => "",
    };
}
