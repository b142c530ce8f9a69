namespace Trama.Dump.Protocols.Application.Dns;

/// <summary>The names of DNS numbers (IANA "Domain Name System (DNS) Parameters"), as tcpdump shows them.</summary>
internal static class DnsNames
{
    /// <summary>The name of a record type.</summary>
    public static string Type(int type) => type switch
    {
        1 => "A",
        2 => "NS",
        3 => "MD",
        4 => "MF",
        5 => "CNAME",
        6 => "SOA",
        7 => "MB",
        8 => "MG",
        9 => "MR",
        10 => "NULL",
        11 => "WKS",
        12 => "PTR",
        13 => "HINFO",
        14 => "MINFO",
        15 => "MX",
        16 => "TXT",
        17 => "RP",
        18 => "AFSDB",
        19 => "X25",
        20 => "ISDN",
        21 => "RT",
        22 => "NSAP",
        23 => "NSAP_PTR",
        24 => "SIG",
        25 => "KEY",
        26 => "PX",
        27 => "GPOS",
        28 => "AAAA",
        29 => "LOC",
        30 => "NXT",
        31 => "EID",
        32 => "NIMLOC",
        33 => "SRV",
        34 => "ATMA",
        35 => "NAPTR",
        36 => "KX",
        37 => "CERT",
        38 => "A6",
        39 => "DNAME",
        40 => "SINK",
        41 => "OPT",
        42 => "APL",
        43 => "DS",
        44 => "SSHFP",
        45 => "IPSECKEY",
        46 => "RRSIG",
        47 => "NSEC",
        48 => "DNSKEY",
        99 => "SPF",
        100 => "UINFO",
        101 => "UID",
        102 => "GID",
        103 => "UNSPEC",
        104 => "UNSPECA",
        249 => "TKEY",
        250 => "TSIG",
        251 => "IXFR",
        252 => "AXFR",
        253 => "MAILB",
        254 => "MAILA",
        255 => "ANY",
        256 => "URI",
        _ => $"Type{type}",
    };

    /// <summary>The name of a class other than IN.</summary>
    public static string Class(int number) => number switch
    {
        1 => "IN",
        3 => "CHAOS",
        4 => "HS",
        255 => "ANY",
        _ => $"(Class {number})",
    };

    /// <summary>What an operation code adds to the line.</summary>
    public static string Operation(int code) => code switch
    {
        0 => "",
        1 => " inv_q",
        2 => " stat",
        4 => " notify",
        5 => " update",
        9 => " updateA",
        10 => " updateD",
        11 => " updateDA",
        12 => " updateM",
        13 => " updateMA",
        14 => " zoneInit",
        15 => " zoneRef",
        _ => $" op{code}",
    };

    /// <summary>What a response code adds to the line.</summary>
    public static string Response(int code) => code switch
    {
        0 => "",
        1 => " FormErr",
        2 => " ServFail",
        3 => " NXDomain",
        4 => " NotImp",
        5 => " Refused",
        6 => " YXDomain",
        7 => " YXRRSet",
        8 => " NXRRSet",
        9 => " NotAuth",
        10 => " NotZone",
        15 => " NoChange",
        16 => " BadVers",

        // tcpdump's own table lacks the space before these two.
        17 or 21 => $"Resp{code}",
        23 => " BadCookie",
        _ => $" Resp{code}",
    };

    /// <summary>The name of an EDNS option.</summary>
    public static string Option(int code) => code switch
    {
        1 => "LLQ",
        2 => "UL",
        3 => "NSID",
        5 => "DAU",
        6 => "DHU",
        7 => "N3U",
        8 => "ECS",
        9 => "EXPIRE",
        10 => "COOKIE",
        11 => "KEEPALIVE",
        12 => "PADDING",
        13 => "CHAIN",
        14 => "KEY-TAG",
        16 => "CLIENT-TAG",
        17 => "SERVER-TAG",
        _ => $"Opt{code}",
    };

    /// <summary>The name of a DNSSEC algorithm.</summary>
    public static string Algorithm(int number) => number switch
    {
        0 => "DELETE",
        1 => "RSAMD5",
        2 => "DH",
        3 => "DS",
        5 => "RSASHA1",
        6 => "DSA-NSEC3-SHA1",
        7 => "RSASHA1-NSEC3-SHA1",
        8 => "RSASHA256",
        10 => "RSASHA512",
        12 => "ECC-GOST",
        13 => "ECDSAP256SHA256",
        14 => "ECDSAP384SHA384",
        15 => "ED25519",
        16 => "ED448",
        252 => "INDIRECT",
        253 => "PRIVATEDNS",
        254 => "PRIVATEOID",
        _ => $"Alg_{number}",
    };

    /// <summary>The name of a digest algorithm of delegation signers.</summary>
    public static string Digest(int number) => number switch
    {
        1 => "SHA-1",
        2 => "SHA-256",
        3 => "GOST_R_34.11-94",
        4 => "SHA-384",
        _ => $"Alg_{number}",
    };

    /// <summary>The name of an NSEC3 hash.</summary>
    public static string Nsec3Hash(int number) => number == 1 ? "SHA-1" : $"Alg_{number}";
}
