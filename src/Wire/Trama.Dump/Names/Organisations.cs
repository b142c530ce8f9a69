namespace Trama.Dump.Names;

/// <summary>The few organisations whose ranges of link-layer addresses and protocol numbers are named (IEEE OUI).</summary>
internal static class Organisations
{
    /// <summary>The name of an organisation by its 24-bit number, or null.</summary>
    public static string? Find(int organisation) => organisation switch
    {
        0x000000 => "Ethernet",
        0x00000c => "Cisco",
        0x00005e => "IANA",
        0x000081 => "Nortel Networks SONMP",
        0x0000f8 => "Cisco bridged",
        0x0080c2 => "Ethernet bridged",
        0x00a03e => "ATM Forum",
        0x00e02f => "Cable BPI",
        0x080007 => "Appletalk",
        0x009069 => "Juniper",
        0x080009 => "Hewlett-Packard",
        _ => null,
    };
}
