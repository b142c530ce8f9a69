namespace Trama.Dump.Protocols.Routing;

/// <summary>Prints which message of PIM version 2 (RFC 7761) came.</summary>
internal static class PimPrinter
{
    public static void Print(Dissection d, PacketBytes bytes, int length)
    {
        d.Protocol = "pim";
        int version = bytes.U8(0) >> 4, type = bytes.U8(0) & 0x0f;
        d.Print($"{(version == 2 ? $"PIMv2, {TypeName(type)}" : $"[pim-version-{version}]")}, length {length}");
    }

    private static string TypeName(int type) => type switch
    {
        0 => "Hello",
        1 => "Register",
        2 => "Register Stop",
        3 => "Join / Prune",
        4 => "Bootstrap",
        5 => "Assert",
        6 => "Graft",
        7 => "Graft Acknowledgement",
        8 => "Candidate RP Advertisement",
        9 => "Prune Refresh",
        10 => "DF Election",
        11 => "ECMP Redirect",
        _ => "Unknown-Type",
    };
}
